import { element, linkButton } from "./element.js";

const words = {
  earlier: {
    open: ["", "Load earlier comments"],
    loading: ["Loading earlier comments…"],
    failed: ["Earlier comments could not be loaded.", "Try again"],
  },
  skipped: {
    open: ["Some comments were skipped.", "Load them"],
    loading: ["Loading skipped comments…"],
    failed: ["Skipped comments could not be loaded.", "Try again"],
  },
};

/** The divider that stands for a hole in the timeline. */
export class HoleRow {
  element = element("li", "hole");
  #load;
  #hole;
  #shown;

  /** @param {(hole: import("./timeline.js").Hole) => void} load */
  constructor(load) {
    this.#load = load;
  }

  /**
   * @param {import("./timeline.js").Hole} hole
   * @param {boolean} earlier whether nothing is known before it
   */
  update(hole, earlier) {
    this.#hole = hole;
    const [text, action] = words[earlier ? "earlier" : "skipped"][hole.state];
    if (this.#shown === text + action) return;
    this.#shown = text + action;
    // The button may have the keyboard's focus, which would go with it.
    if (this.element.contains(document.activeElement)) this.element.closest(".log")?.focus({ preventScroll: true });
    this.element.replaceChildren(text, " ", ...(action ? [linkButton(action, () => this.#load(this.#hole))] : []));
  }
}
