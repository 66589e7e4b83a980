import { compareIds } from "/client.js";

/** For how long somebody who wrote is listed, and how exactly that is kept, in milliseconds. */
export const Span = 300_000;
const Step = 10_000;

/**
 * @typedef {object} RecentPerson
 * @property {string} key
 * @property {import("/client.js").Comment} last the newest comment of the person
 * @property {number} count how many comments came in the time
 */

/** Who has written in the last five minutes. What it keeps grows with the people, not with their comments. */
export class RecentPeople {
  /** By the number of the step, oldest first. @type {Map<number, Map<string, number>>} */
  #steps = new Map();
  /** @type {Map<string, RecentPerson>} */
  #people = new Map();

  /** How many there are. */
  get size() {
    return this.#people.size;
  }

  /** @param {import("/client.js").Comment} comment each once, in any order */
  add(comment) {
    const key = keyOf(comment);
    const step = Math.floor(Date.parse(comment.createdAt) / Step);
    if (!this.#steps.has(step)) this.#steps.set(step, new Map());
    const counts = this.#steps.get(step);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const person = this.#people.get(key);
    const last = person && compareIds(person.last.id, comment.id) > 0 ? person.last : comment;
    this.#people.set(key, { key, last, count: (person?.count ?? 0) + 1 });
  }

  /**
   * The most active first, after them those of whom a moderator has nothing left to do.
   * @param {number} now the server's time
   * @param {number} limit
   * @param {(authorId: string | undefined) => boolean} isDone
   * @returns {RecentPerson[]}
   */
  top(now, limit, isDone = () => false) {
    this.#forget(now);
    const rank = new Map([...this.#people.values()].map(person => [person, isDone(person.last.authorId) ? -1 / person.count : person.count]));
    /** @type {RecentPerson[]} */
    const top = [];
    // Not all are sorted: there may be very many.
    for (const person of this.#people.values()) {
      if (top.length === limit && rank.get(person) <= rank.get(top[limit - 1])) continue;
      const place = top.findIndex(other => rank.get(other) < rank.get(person));
      top.splice(place < 0 ? top.length : place, 0, person);
      top.length = Math.min(top.length, limit);
    }
    return top;
  }

  #forget(now) {
    for (const [step, counts] of this.#steps) {
      if ((step + 1) * Step > now - Span) continue;
      this.#steps.delete(step);
      for (const [key, count] of counts) {
        const person = this.#people.get(key);
        if (!person) continue;
        person.count -= count;
        if (person.count <= 0) this.#people.delete(key);
      }
    }
  }
}

/** Who wrote without a token is known by the name alone. */
function keyOf({ authorId, author }) {
  return authorId ? `id ${authorId}` : `name ${author}`;
}
