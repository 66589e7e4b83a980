/** Things that come in an order, each handed out once: a test awaits the next one and never sleeps. */
export class Queue {
  #items = [];
  #waiting = [];

  /** How many have come that nobody has asked for. */
  get length() {
    return this.#items.length;
  }

  push(item) {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(item);
    else this.#items.push(item);
  }

  /** The next one, as soon as it is there. */
  async next() {
    return this.#items.length > 0 ? this.#items.shift() : new Promise(resolve => this.#waiting.push(resolve));
  }
}
