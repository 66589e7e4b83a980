import { removes } from "/client.js";
import { element } from "./element.js";

/** At most one announcement in this time, in milliseconds: more could not be listened to. */
const Interval = 5_000;

/** How many of the last comments are kept until then: the last that was not removed is read. */
const Kept = 20;

/**
 * Tells a screen reader of new comments. The log itself is no live region, since it also changes by paging and trimming, and
 * a busy one would talk without end: a single comment is read out, several are counted and the last of them is read.
 */
export class Announcer {
  #region;
  #count = 0;
  /** @type {import("/client.js").Comment[]} */
  #last = [];
  #timer;

  /** @param {HTMLElement} region with `aria-live="polite"` */
  constructor(region) {
    this.#region = region;
  }

  /** @param {import("/client.js").Comment} comment */
  add(comment) {
    this.#count++;
    this.#last.push(comment);
    if (this.#last.length > Kept) this.#last.shift();
    if (!this.#timer) this.#announce();
  }

  /** Says nothing of comments that were removed. @param {import("/client.js").Removed} removed */
  remove(removed) {
    const left = this.#last.filter(comment => !removes(removed, comment));
    this.#count -= this.#last.length - left.length;
    this.#last = left;
  }

  #announce() {
    this.#timer = undefined;
    const count = this.#count;
    const latest = this.#last[this.#last.length - 1];
    this.#count = 0;
    this.#last = [];
    // Where the last of many were removed there is nothing to read.
    if (!latest) return;
    const words = `${latest.author}: ${latest.message}`;
    announce(this.#region, count === 1 ? words : `${count} new comments. Last, ${words}`);
    this.#timer = setTimeout(() => this.#announce(), Interval);
  }
}

/**
 * Says something in a live region, also where it is what was said before: screen readers pass over a text that has not changed.
 * @param {HTMLElement} region
 * @param {string} words
 */
export function announce(region, words) {
  const again = region.textContent === words;
  region.replaceChildren(...(words ? [element("span", "", again ? `${words}\u00A0` : words)] : []));
}
