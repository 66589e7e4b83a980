import { compareIds } from "./ids.js";

/** How many removals are remembered. */
const Capacity = 1_000;

/**
 * Which comments were taken back: those with these ids, or all from one id to another, both included, of an author or of everybody.
 * @typedef {object} Removed
 * @property {string[]} [ids]
 * @property {string} [authorId]
 * @property {string} [from]
 * @property {string} [to]
 */

/**
 * A removal as it stands in the log of a video.
 * @typedef {object} Removal
 * @property {string} id its place among the comments
 * @property {Removed} removed
 */

/**
 * Whether a comment is among those that were taken back.
 * @param {Removed} removed
 * @param {{ id: string, authorId?: string }} comment
 */
export function removes({ ids, authorId, from, to }, comment) {
  if (ids) return ids.includes(comment.id);
  if (from === undefined || to === undefined) return false;
  return compareIds(comment.id, from) >= 0 && compareIds(comment.id, to) <= 0 && (authorId === undefined || authorId === comment.authorId);
}

/**
 * What is known of the removals of a video: all from some entry on. A page that was read before one must not bring a comment back, so
 * what is known is applied to it; a page that is older than that entry may hold what was removed unheard, and is no good.
 */
export class KnownRemovals {
  /** @type {Removal[]} */
  #removals = [];
  /** Of what was removed up to this entry some is not known. */
  #from = "0";

  /**
   * From here on all is told.
   * @param {string} from the entry
   * @param {Removal[]} [removals] what was told of already
   */
  begin(from, removals = []) {
    this.#forget(from);
    removals.forEach(removal => this.add(removal));
  }

  /** @param {Removal} removal one that is known already changes nothing */
  add(removal) {
    if (this.#removals.some(({ id }) => id === removal.id)) return;
    this.#keep(removal);
  }

  /** What was removed in a gap is known in part. @param {import("./connection.js").Gap} gap */
  skip({ after, before, removed }) {
    if (removed) this.#keep({ id: after, removed: { ids: removed } });
    this.#forget(before);
  }

  /** @param {{ id: string, authorId?: string }} comment */
  include(comment) {
    return this.#removals.some(({ removed }) => removes(removed, comment));
  }

  /**
   * A page without what is known to be removed; undefined where it is too old for that.
   * @template {{ comments: import("../client.js").Comment[], asOf?: string }} Page
   * @param {Page} page
   * @returns {Page | undefined}
   */
  apply(page) {
    if (page.asOf !== undefined && compareIds(page.asOf, this.#from) < 0) return undefined;
    return { ...page, comments: page.comments.filter(comment => !this.include(comment)) };
  }

  /** @param {Removal} removal */
  #keep(removal) {
    this.#removals.push(removal);
    if (this.#removals.length > Capacity) this.#forget(this.#removals.shift()?.id ?? "0");
  }

  /** @param {string} upTo an entry */
  #forget(upTo) {
    if (compareIds(upTo, this.#from) > 0) this.#from = upTo;
  }
}
