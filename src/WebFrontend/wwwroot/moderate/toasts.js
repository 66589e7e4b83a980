import { element } from "/watch/element.js";
import { UndoTime } from "./undo.js";

/** How many are seen at once. */
const Most = 3;

/** Says what was done, with a button to undo it where that can be. It is read out. */
export class Toasts {
  #root;

  /** @param {HTMLElement} root with `role="status"` */
  constructor(root) {
    this.#root = root;
  }

  /**
   * @param {string} words
   * @param {object} [options]
   * @param {() => void} [options.onUndo]
   * @param {boolean} [options.bad] whether it failed
   */
  show(words, { onUndo, bad = false } = {}) {
    const toast = element("div", bad ? "toast bad" : "toast", element("p", "", words));
    if (onUndo) {
      const button = element("button", "plain", "Undo ");
      const key = element("kbd", "", "u");
      key.setAttribute("aria-hidden", "true");
      button.append(key);
      button.type = "button";
      button.addEventListener("click", onUndo);
      toast.append(button);
    }
    this.#root.append(toast);
    while (this.#root.children.length > Most) this.#root.firstElementChild.remove();
    setTimeout(() => toast.remove(), UndoTime);
    return toast;
  }
}
