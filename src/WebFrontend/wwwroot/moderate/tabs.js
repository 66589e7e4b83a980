/** On a narrow screen one part of the page is shown at a time. */
export class Tabs {
  #body;
  #buttons;

  /** @param {HTMLElement} body */
  constructor(body) {
    this.#body = body;
    this.#buttons = [...body.querySelectorAll(".tab")];
    for (const button of this.#buttons) button.addEventListener("click", () => this.show(button.dataset.tab));
  }

  /** @param {string} name */
  show(name) {
    this.#body.dataset.tab = name;
    for (const button of this.#buttons) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
  }
}
