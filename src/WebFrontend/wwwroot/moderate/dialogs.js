import { element } from "/watch/element.js";
import { recall, remember } from "/watch/memory.js";
import { keys } from "./keys.js";

const LettersName = "moderate.letters";

/** The help: what each key does, and whether keys with a letter act (WCAG 2.1.4). */
export class Help {
  #dialog;
  #letters;

  /**
   * @param {HTMLDialogElement} dialog
   * @param {HTMLButtonElement} button opens it
   */
  constructor(dialog, button) {
    this.#dialog = dialog;
    this.#letters = dialog.querySelector(".letters");
    this.#letters.checked = recall(LettersName) !== "off";
    this.#letters.addEventListener("change", () => remember(LettersName, this.#letters.checked ? "on" : "off"));
    button.addEventListener("click", () => this.open());
    dialog.querySelector(".help-keys").append(...keys.filter(({ words }) => words).flatMap(({ keys: [key], shown = key, words }) =>
      [element("dt", "", ...shown.split(" ").flatMap(name => [element("kbd", "", name), " "])), element("dd", "", words)]));
  }

  get lettersOff() {
    return !this.#letters.checked;
  }

  open() {
    this.#dialog.showModal();
  }
}

/** The last question, until it is answered: its end is told a moment after it is closed, and is not that of the next. */
let last = Promise.resolve(false);

/**
 * Asks before what is rarely meant; one question after the other.
 * @param {HTMLDialogElement} dialog
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export function ask(dialog, question) {
  last = last.then(() => new Promise(resolve => {
    dialog.querySelector("h2").textContent = question;
    dialog.returnValue = "no";
    const answer = ({ key }) => {
      if (key === "y" || key === "n") dialog.close(key === "y" ? "yes" : "no");
    };
    dialog.addEventListener("keydown", answer);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("keydown", answer);
      resolve(dialog.returnValue === "yes");
    }, { once: true });
    dialog.showModal();
  }));
  return last;
}
