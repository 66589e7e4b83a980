/** A video's comments as the server keeps them. Ids have gaps, and grow longer by a digit on the way. */
export class History {
  #ids = [];
  #removed = new Set();

  /** Adds so many, and returns the last one. */
  add(count = 1) {
    for (let i = 0; i < count; i++) this.#ids.push(String(990 + 7 * this.#ids.length));
    return commentOf(this.#ids.at(-1));
  }

  /** Those that were not removed. */
  get ids() {
    return this.#ids.filter(id => !this.#removed.has(id));
  }

  remove(ids) {
    ids.forEach(id => this.#removed.add(id));
  }

  /** The last so many, oldest first. */
  backlog(count) {
    return this.ids.slice(-count).map(commentOf);
  }

  /** All after this one, oldest first. */
  since({ id }) {
    return this.#known(this.#ids.slice(this.#ids.indexOf(id) + 1));
  }

  /** A page, newest first, as `pageBack` gives it. Where some were removed it has fewer comments. */
  pageBack(before, limit) {
    const older = this.#ids.slice(0, this.#ids.indexOf(before));
    const page = older.slice(-limit).reverse();
    return { comments: this.#known(page), nextCursor: older.length > limit ? page.at(-1) : null };
  }

  #known(ids) {
    return ids.filter(id => !this.#removed.has(id)).map(commentOf);
  }
}

const createdAt = "2026-01-01T00:00:00.000Z";

export const commentOf = id => ({ id, liveVideoId: "demo", author: "Ada", message: `comment ${id}`, createdAt });
