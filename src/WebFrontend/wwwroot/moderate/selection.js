import { compareIds } from "/client.js";

/**
 * Where one step leads from the selected comment: to its neighbour, also where it is not there any more.
 * @param {string[]} ids oldest first
 * @param {string | null} current the selected one; null if none is: then it begins with the newest
 * @param {number} step -1 for the older neighbour, 1 for the newer one
 * @returns {string | null} null where there is none
 */
export function neighbour(ids, current, step) {
  if (current === null) return ids[ids.length - 1] ?? null;
  const older = ids.filter(id => compareIds(id, current) < 0);
  const newer = ids.filter(id => compareIds(id, current) > 0);
  return (step < 0 ? older[older.length - 1] : newer[0]) ?? null;
}

/** Comments that acts fall on, and where one is among them. */
export class Selection {
  /** @type {Map<string, import("/client.js").Comment>} */
  #comments = new Map();
  /** Where a stretch begins. @type {string | null} */
  #anchor = null;

  /** Where one is, also after the comment has gone. @type {string | null} */
  place = null;

  get size() {
    return this.#comments.size;
  }

  /** @param {string} id */
  has(id) {
    return this.#comments.has(id);
  }

  /** Oldest first. */
  get all() {
    return [...this.#comments.values()].sort((one, other) => compareIds(one.id, other.id));
  }

  /** The one where one is; undefined if it is not selected any more. */
  get current() {
    return this.place === null ? undefined : this.#comments.get(this.place);
  }

  clear() {
    this.#comments.clear();
    this.place = this.#anchor = null;
  }

  /** @param {import("/client.js").Comment} comment */
  only(comment) {
    this.#comments = new Map([[comment.id, comment]]);
    this.place = this.#anchor = comment.id;
  }

  /** Adds one, or takes it out. @param {import("/client.js").Comment} comment */
  toggle(comment) {
    if (this.#comments.delete(comment.id)) return;
    this.#comments.set(comment.id, comment);
    this.place = this.#anchor = comment.id;
  }

  /**
   * The stretch from where it was begun up to one.
   * @param {import("/client.js").Comment} comment
   * @param {import("/client.js").Comment[]} known all that are there
   */
  extendTo(comment, known) {
    const anchor = this.#anchor ?? comment.id;
    const [from, to] = [anchor, comment.id].sort(compareIds);
    this.#comments = new Map(known.filter(({ id }) => compareIds(id, from) >= 0 && compareIds(id, to) <= 0).map(one => [one.id, one]));
    this.#anchor = anchor;
    this.place = comment.id;
  }

  /** @param {import("/client.js").Comment[]} comments */
  add(comments) {
    for (const comment of comments) this.#comments.set(comment.id, comment);
  }

  /** Takes out what has gone. @param {(comment: import("/client.js").Comment) => boolean} isGone @returns {boolean} whether it had any */
  drop(isGone) {
    const { size } = this;
    for (const comment of this.#comments.values()) if (isGone(comment)) this.#comments.delete(comment.id);
    return this.size < size;
  }
}
