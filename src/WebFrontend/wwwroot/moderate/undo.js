/** For how long an act can be undone, in milliseconds. */
export const UndoTime = 15_000;

/** What can still be undone, the last act first. */
export class Undo {
  /** @type {{ words: string, back: () => Promise<void>, until: number }[]} */
  #acts = [];

  /**
   * @param {string} words what was done
   * @param {() => Promise<void>} back
   * @param {number} now in milliseconds
   */
  offer(words, back, now) {
    this.#acts.push({ words, back, until: now + UndoTime });
  }

  /** Takes the last act that can still be undone: none is undone twice. @param {number} now in milliseconds */
  take(now) {
    this.#acts = this.#acts.filter(({ until }) => until > now);
    return this.#acts.pop();
  }

  /** Takes this act, if it is still there. @param {() => Promise<void>} back @param {number} now */
  takeThis(back, now) {
    const act = this.#acts.find(other => other.back === back && other.until > now);
    this.#acts = this.#acts.filter(other => other !== act);
    return act;
  }
}
