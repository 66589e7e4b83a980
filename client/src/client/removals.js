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

/** The last removals of a video: a page that was read before one must not bring a comment back. */
export class KnownRemovals {
  /** @type {Removal[]} */
  #removals = [];
  /** The last one that is not remembered. @type {string | undefined} */
  #floor;

  /** @param {Removal} removal one that is known already changes nothing */
  add(removal) {
    if (this.#removals.some(({ id }) => id === removal.id)) return;
    this.#removals.push(removal);
    if (this.#removals.length > Capacity) this.#floor = this.#removals.shift()?.id;
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
    if (this.#floor !== undefined && page.asOf !== undefined && compareIds(page.asOf, this.#floor) < 0) return undefined;
    return { ...page, comments: page.comments.filter(comment => !this.include(comment)) };
  }
}
