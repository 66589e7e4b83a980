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

/**
 * Asks before what is rarely meant.
 * @param {HTMLDialogElement} dialog
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export function ask(dialog, question) {
  dialog.querySelector("h2").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  const answer = ({ key }) => {
    if (key === "y" || key === "n") dialog.close(key === "y" ? "yes" : "no");
  };
  dialog.addEventListener("keydown", answer);
  return new Promise(resolve => dialog.addEventListener("close", () => {
    dialog.removeEventListener("keydown", answer);
    resolve(dialog.returnValue === "yes");
  }, { once: true }));
}
