/** This near to the bottom counts as there, in pixels. */
const NearBottom = 40;

/**
 * Where one is in the log: following the newest comment, or reading at a place that must not move.
 *
 * Our own anchoring and not the browser's `overflow-anchor`: that one does nothing at the very top, where earlier comments
 * are loaded, and is missing from some browsers.
 */
export class ScrollPosition {
  #log;
  #lastTop = 0;
  #atNewest = true;
  #paused = false;
  #pinned = false;

  /**
   * @param {HTMLElement} log the scrolling element
   * @param {() => void} onMove called where it may have begun or ceased to follow
   */
  constructor(log, onMove) {
    this.#log = log;
    log.addEventListener("scroll", onMove, { passive: true });
    log.addEventListener("pointermove", event => this.#hover(event, onMove), { passive: true });
    log.addEventListener("pointerleave", () => this.#pause(false, onMove));
    if (globalThis.ResizeObserver) new ResizeObserver(() => this.following && this.#toBottom()).observe(log);
  }

  /** Whether what is newest is kept in view. */
  get following() {
    return this.#atNewest && !this.#paused && !this.#pinned;
  }

  /** Whether it would follow if the pointer were not over the log, and nothing in it were selected. */
  get paused() {
    return this.#atNewest && (this.#paused || this.#pinned);
  }

  /** Goes to the newest, and stays with it until one moves. */
  follow() {
    this.#atNewest = true;
    this.#paused = false;
    this.#pinned = false;
  }

  /** Holds still, also at the newest. @param {boolean} pinned */
  pin(pinned) {
    this.#pinned = pinned;
  }

  /** Stays where one is. */
  stay() {
    this.#atNewest = false;
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
    if (top < this.#lastTop - 1 && this.below > 1) this.#atNewest = false;
    else if (top > this.#lastTop && atNewest && this.below < NearBottom) this.follow();
    this.#lastTop = top;
  }

  /**
   * Changes the content: what one reads stays where it is, or the bottom stays in view while one follows.
   * @param {() => void} change
   * @returns {number} by how many pixels what was there moved up
   */
  hold(change) {
    const tops = this.#topsInSight();
    change();
    // The last of them that is still there: one that was removed holds nothing.
    const row = [...tops.keys()].find(row => row.isConnected);
    const moved = () => row ? row.getBoundingClientRect().top - tops.get(row) : 0;
    if (this.following) this.#toBottom();
    else this.#log.scrollTop += moved();
    this.#lastTop = this.#log.scrollTop;
    return -moved();
  }

  /** A mouse over the log wants to read or to point at something there; a row that slides in under it is no such wish. */
  #hover({ pointerType, movementX, movementY }, onMove) {
    if (pointerType === "mouse" && (movementX || movementY)) this.#pause(true, onMove);
  }

  #pause(paused, onMove) {
    if (this.#paused === paused) return;
    this.#paused = paused;
    onMove();
  }

  #toBottom() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#lastTop = this.#log.scrollTop;
  }

  /** Where the comments are that are in sight, the last one first; and the one above them, should they all go. */
  #topsInSight() {
    const { top, bottom } = this.#log.getBoundingClientRect();
    const tops = new Map();
    for (const row of [...this.#log.querySelectorAll("[data-id]")].reverse()) {
      const place = row.getBoundingClientRect();
      if (place.top < bottom) tops.set(row, place.top);
      if (place.bottom < top) break;
    }
    return tops;
  }
}
