/** What each row offers: as many stops of the tab key would keep one from the box to write in. */
const Offered = ".reply, .quote";

/**
 * The tab key stops once for all that rows offer, at the newest; from there the arrow keys lead from one to the next.
 */
export class RowKeys {
  #list;

  /** @param {HTMLElement} list the list of rows */
  constructor(list) {
    this.#list = list;
    list.addEventListener("keydown", event => this.#go(event));
  }

  /** To be called after the rows have changed. */
  update() {
    const all = this.#all();
    const stop = all.find(button => button === document.activeElement) ?? all[all.length - 1];
    for (const button of all) button.tabIndex = button === stop ? 0 : -1;
  }

  /** @returns {HTMLElement[]} */
  #all() {
    return [...this.#list.querySelectorAll(Offered)];
  }

  /** @param {KeyboardEvent} event */
  #go(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches(Offered)) return;
    const all = this.#all();
    const next = all[all.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    this.update();
  }
}
