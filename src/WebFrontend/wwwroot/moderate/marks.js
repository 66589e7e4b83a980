/**
 * What is under way: comments that are being removed are struck out at once, and come back where it fails.
 */
export class Marks {
  #root;
  #comments;
  /** @type {Set<(comment: import("/client.js").Comment) => boolean>} */
  #going = new Set();

  /**
   * @param {HTMLElement} root has the rows
   * @param {WeakMap<HTMLElement, import("/client.js").Comment>} comments those of the rows
   */
  constructor(root, comments) {
    this.#root = root;
    this.#comments = comments;
  }

  /**
   * Strikes comments out, also those that come while it is under way.
   * @param {(comment: import("/client.js").Comment) => boolean} isGoing
   * @returns {() => void} brings back those that are still there
   */
  strike(isGoing) {
    this.#going.add(isGoing);
    this.#drawAll();
    return () => {
      this.#going.delete(isGoing);
      this.#drawAll();
    };
  }

  /** Shows a row as it is. @param {HTMLElement} row */
  draw(row) {
    const comment = this.#comments.get(row);
    const going = comment !== undefined && [...this.#going].some(isGoing => isGoing(comment));
    row.classList.toggle("going", going);
    if (going) row.setAttribute("aria-busy", "true");
    else row.removeAttribute("aria-busy");
  }

  #drawAll() {
    for (const row of this.#root.querySelectorAll(".comment[data-id]")) this.draw(row);
  }
}
