import { element } from "./element.js";

/** So many characters of a comment are quoted at most; what a line cannot show of them is cut off by its style. */
const Words = 120;

/**
 * Says in the row of a reply which comment it answers. It holds no text of its own: it shows what the page has of that comment at the
 * time, so nothing is left of one that is removed.
 */
export class Quote {
  #id;
  /** @type {import("/client.js").Comment | null | undefined | "new"} */
  #shown = "new";
  element = element("button", "quote");

  /**
   * @param {string} id of the comment that is answered
   * @param {(id: string) => void} onGo one wants to see it
   */
  constructor(id, onGo) {
    this.#id = id;
    this.element.type = "button";
    this.element.addEventListener("click", () => {
      if (this.#shown !== null) onGo(id);
    });
  }

  /**
   * Shows what is known of the comment.
   * @param {{ find: (id: string) => import("/client.js").Comment | null | undefined }} timeline
   */
  update(timeline) {
    const comment = timeline.find(this.#id);
    if (comment === this.#shown) return;
    this.#shown = comment;
    this.element.replaceChildren(...partsOf(comment));
    // Not `disabled`: that takes the keyboard's focus away.
    if (comment === null) this.element.setAttribute("aria-disabled", "true");
    else this.element.removeAttribute("aria-disabled");
  }
}

/** @param {import("/client.js").Comment | null | undefined} comment null where it was removed, undefined where it is not here */
function partsOf(comment) {
  if (!comment) return [comment === null ? "Answers a comment that was removed" : "Answers an earlier comment"];
  return [
    element("span", "visually-hidden", "Answers "), element("bdi", "quote-author", comment.author), " ",
    element("bdi", "quote-words", firstWords(comment.message)),
  ];
}

/**
 * The beginning of a message, on one line.
 * @param {string} message
 */
export function firstWords(message) {
  const characters = [...message.replace(/\s+/g, " ")];
  return characters.length > Words ? `${characters.slice(0, Words).join("")}…` : characters.join("");
}
