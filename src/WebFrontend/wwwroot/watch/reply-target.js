import { removes } from "/client.js";
import { element, linkButton } from "./element.js";

/**
 * Which comment the one that is being written answers: a line above the box. It keeps who wrote that, and no text.
 * @typedef {{ id: string, author: string, authorId?: string }} Parent
 */
export class ReplyTarget {
  #line;
  #onChange;
  /** @type {Parent | undefined} */
  #parent;

  /**
   * @param {HTMLElement} line
   * @param {() => void} onChange the viewer does not want to answer it any more
   */
  constructor(line, onChange) {
    this.#line = line;
    this.#onChange = onChange;
  }

  /** @returns {Parent | undefined} */
  get parent() {
    return this.#parent;
  }

  /** @param {Parent | undefined} parent */
  set parent(parent) {
    this.#parent = parent && { id: parent.id, author: parent.author, authorId: parent.authorId };
    this.#line.hidden = !parent;
    if (!parent) return this.#line.replaceChildren();
    const leave = linkButton("Cancel", () => {
      this.parent = undefined;
      this.#onChange();
    });
    leave.setAttribute("aria-label", "Reply to nobody");
    this.#line.replaceChildren(element("span", "", "Reply to ", element("bdi", "", parent.author)), leave);
  }

  /** Forgets it where it was removed. @param {import("/client.js").Removed} removed */
  drop(removed) {
    if (!this.#parent || !removes(removed, this.#parent)) return;
    this.parent = undefined;
    this.#onChange();
  }
}
