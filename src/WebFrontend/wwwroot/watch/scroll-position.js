/** This near to the bottom counts as there, in pixels. */
const NearBottom = 40;

/**
 * Where one is in the log: following the newest comment, or reading at a place that must not move.
 *
 * Our own anchoring and not the browser's `overflow-anchor`: that one does nothing at the very top, where earlier comments
 * are loaded, and is missing from some browsers.
 */
export class ScrollPosition {
  following = true;
  #log;
  #lastTop = 0;

  /**
   * @param {HTMLElement} log the scrolling element
   * @param {() => void} onScroll
   */
  constructor(log, onScroll) {
    this.#log = log;
    log.addEventListener("scroll", onScroll, { passive: true });
    new ResizeObserver(() => this.following && this.#toBottom()).observe(log);
  }

  /** Pixels left to scroll upwards. */
  get above() {
    return this.#log.scrollTop;
  }

  /** Pixels left to scroll downwards. */
  get below() {
    return this.#log.scrollHeight - this.#log.clientHeight - this.#log.scrollTop;
  }

  /**
   * Takes note of a scroll. Any move upwards ends the following, however small: at a high rate one would never get away
   * from the bottom otherwise.
   * @param {boolean} atNewest whether the bottom is the newest comment
   */
  update(atNewest) {
    const top = this.#log.scrollTop;
    if (top < this.#lastTop - 1 && this.below > 1) this.following = false;
    else if (atNewest && this.below < NearBottom) this.following = true;
    this.#lastTop = top;
  }

  /**
   * Changes the content: what one reads stays where it is, or the bottom stays in view while one follows.
   * @param {() => void} change
   * @returns {number} by how many pixels what was there moved up
   */
  hold(change) {
    const row = this.#lastVisibleComment();
    const before = row?.getBoundingClientRect().top;
    change();
    const moved = row?.isConnected ? row.getBoundingClientRect().top - before : 0;
    if (this.following) this.#toBottom();
    else this.#log.scrollTop += moved;
    this.#lastTop = this.#log.scrollTop;
    return row?.isConnected ? before - row.getBoundingClientRect().top : 0;
  }

  #toBottom() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#lastTop = this.#log.scrollTop;
  }

  #lastVisibleComment() {
    const { bottom } = this.#log.getBoundingClientRect();
    return [...this.#log.querySelectorAll("[data-id]")].findLast(row => row.getBoundingClientRect().top < bottom);
  }
}
