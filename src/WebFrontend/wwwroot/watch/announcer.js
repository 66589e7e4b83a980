/** At most one announcement in this time, in milliseconds: more could not be listened to. */
const Interval = 5_000;

/**
 * Tells a screen reader of new comments. The log itself is no live region, since it also changes by paging and trimming, and
 * a busy one would talk without end: a single comment is read out, several are counted and the last of them is read.
 */
export class Announcer {
  #region;
  #count = 0;
  #latest;
  #timer;

  /** @param {HTMLElement} region with `aria-live="polite"` */
  constructor(region) {
    this.#region = region;
  }

  /** @param {import("/client.js").Comment} comment */
  add(comment) {
    this.#count++;
    this.#latest = comment;
    if (!this.#timer) this.#announce();
  }

  #announce() {
    this.#timer = undefined;
    if (this.#count === 0) return;
    const { author, message } = this.#latest;
    const words = `${author}: ${message}`;
    this.#region.textContent = this.#count === 1 ? words : `${this.#count} new comments. Last, ${words}`;
    this.#count = 0;
    this.#timer = setTimeout(() => this.#announce(), Interval);
  }
}
