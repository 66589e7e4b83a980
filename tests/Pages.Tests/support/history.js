/** A video's comments as the server keeps them. Ids have gaps, and grow longer by a digit on the way. */
export class History {
  #ids = [];

  /** Adds so many, and returns the last one. */
  add(count = 1) {
    for (let i = 0; i < count; i++) this.#ids.push(String(990 + 7 * this.#ids.length));
    return commentOf(this.#ids.at(-1));
  }

  get ids() {
    return [...this.#ids];
  }

  /** The last so many, oldest first. */
  backlog(count) {
    return this.#ids.slice(-count).map(commentOf);
  }

  /** All after this one, oldest first. */
  since({ id }) {
    return this.#ids.slice(this.#ids.indexOf(id) + 1).map(commentOf);
  }

  /** A page, newest first, as `pageBack` gives it. */
  pageBack(before, limit) {
    const older = this.#ids.slice(0, this.#ids.indexOf(before));
    const comments = older.slice(-limit).reverse().map(commentOf);
    return { comments, nextCursor: older.length > limit ? comments.at(-1).id : null };
  }
}

const createdAt = "2026-01-01T00:00:00.000Z";

export const commentOf = id => ({ id, liveVideoId: "demo", author: "Ada", message: `comment ${id}`, createdAt });
