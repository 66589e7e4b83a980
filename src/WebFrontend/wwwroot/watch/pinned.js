import { element, linkButton } from "./element.js";
import { firstWords } from "./quote.js";

/** The comment that moderators have pinned, above all others. */
export class Pinned {
  #place;
  #onGo;
  #onUnpin;

  /**
   * @param {HTMLElement} place
   * @param {object} handlers
   * @param {(id: string) => void} handlers.onGo one wants to see it among the others
   * @param {(() => void) | undefined} [handlers.onUnpin] a moderator takes it off; nobody else is offered that
   */
  constructor(place, { onGo, onUnpin }) {
    this.#place = place;
    this.#onGo = onGo;
    this.#onUnpin = onUnpin;
  }

  /** @param {import("/client.js").Comment | null} comment null where none is pinned */
  show(comment) {
    this.#place.hidden = !comment;
    if (!comment) return this.#place.replaceChildren();
    const author = linkButton("", () => this.#onGo(comment.id));
    author.append(element("bdi", "", comment.author));
    author.setAttribute("aria-label", `Pinned: go to the comment of ${comment.author}`);
    const text = element("p", "pinned-message", firstWords(comment.message));
    text.dir = "auto";
    text.title = comment.message;
    this.#place.replaceChildren(element("span", "mark", "Pinned"), " ", author);
    if (this.#onUnpin) this.#place.append(" ", linkButton("Unpin", this.#onUnpin));
    this.#place.append(text);
  }
}
