/** For how long the last act can be undone, in milliseconds. */
export const UndoTime = 60_000;

/**
 * The last act, if it can be undone. One that was done before it cannot be any more: whoever presses the key knows which it undoes.
 */
export class Undo {
  /** @type {{ what: string, back: () => Promise<void>, until: number } | undefined} */
  #act;

  /**
   * @param {string} what it was, in a few words
   * @param {() => Promise<void>} back
   * @param {number} now in milliseconds
   */
  offer(what, back, now) {
    this.#act = { what, back, until: now + UndoTime };
  }

  /** Something was done that cannot be undone. */
  forget() {
    this.#act = undefined;
  }

  /** The act that can be undone. @param {number} now in milliseconds */
  next(now) {
    if (this.#act && this.#act.until <= now) this.#act = undefined;
    return this.#act;
  }

  /** Takes it: it is not undone twice. @param {number} now in milliseconds */
  take(now) {
    const act = this.next(now);
    this.#act = undefined;
    return act;
  }
}
