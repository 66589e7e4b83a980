/** For how long an act can be undone, in milliseconds. */
export const UndoTime = 15_000;

/**
 * An act that can be undone.
 * @typedef {object} UndoableAct
 * @property {string} what it was, in a few words
 * @property {() => Promise<void>} back
 * @property {number} until
 */

/** What can still be undone, the last act first. */
export class Undo {
  /** @type {UndoableAct[]} */
  #acts = [];

  /**
   * @param {string} what it was, in a few words
   * @param {() => Promise<void>} back
   * @param {number} now in milliseconds
   */
  offer(what, back, now) {
    this.#acts.push({ what, back, until: now + UndoTime });
  }

  /** The last act that can still be undone. @param {number} now in milliseconds */
  next(now) {
    this.#acts = this.#acts.filter(({ until }) => until > now);
    return this.#acts.at(-1);
  }

  /** Takes it: none is undone twice. @param {number} now in milliseconds */
  take(now) {
    const act = this.next(now);
    this.#acts.pop();
    return act;
  }
}
