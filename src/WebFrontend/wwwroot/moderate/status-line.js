/**
 * Says what was done last, and what can be undone, in a line of its own: nothing of the page lies below it. What it says is read out.
 */
export class StatusLine {
  #words;
  #undo;
  #what;
  #passing = false;

  /**
   * @param {HTMLElement} root
   * @param {() => void} onUndo
   */
  constructor(root, onUndo) {
    this.#words = root.querySelector(".status-words");
    this.#undo = root.querySelector(".status-undo");
    this.#what = root.querySelector(".status-what");
    this.#undo.addEventListener("click", onUndo);
  }

  /**
   * @param {string} words
   * @param {{ bad?: boolean, passing?: boolean }} [options] whether it failed; whether it is true for a moment alone
   */
  show(words, { bad = false, passing = false } = {}) {
    this.#words.textContent = words;
    this.#words.classList.toggle("bad", bad);
    this.#passing = passing;
  }

  /** Takes back what was true for a moment alone. */
  endPassing() {
    if (this.#passing) this.show("");
  }

  /** Offers to undo one act, which it names; nothing if there is none. @param {string | undefined} what */
  offer(what) {
    this.#undo.hidden = what === undefined;
    this.#what.textContent = what ?? "";
  }
}
