/** How many comments a second are shown while one follows: more could not be read, and would only flicker by. */
const ShownPerSecond = 60;

/** How many may come at once after a quiet time. */
const Burst = 120;

/** Picks which comments are shown where more come than can be read. None is lost: whoever pauses sees them all. */
export class Sampler {
  #allowance = Burst;
  #allowedAt = 0;
  #second = 0;
  #current = { shown: 0, of: 0 };
  #last = { shown: 0, of: 0 };

  /**
   * Whether the next comment is shown.
   * @param {number} now in milliseconds
   */
  admit(now) {
    this.#turnTo(now);
    this.#allowance = Math.min(Burst, this.#allowance + ((now - this.#allowedAt) * ShownPerSecond) / 1_000);
    this.#allowedAt = now;
    const admitted = this.#allowance >= 1;
    if (admitted) this.#allowance--;
    this.#current.shown += Number(admitted);
    this.#current.of++;
    return admitted;
  }

  /**
   * How many of the last whole second's comments were shown.
   * @param {number} now in milliseconds
   * @returns {{ shown: number, of: number }}
   */
  lastSecond(now) {
    this.#turnTo(now);
    return this.#last;
  }

  #turnTo(now) {
    const second = Math.floor(now / 1_000);
    if (second === this.#second) return;
    this.#last = second === this.#second + 1 ? this.#current : { shown: 0, of: 0 };
    this.#current = { shown: 0, of: 0 };
    this.#second = second;
  }
}
