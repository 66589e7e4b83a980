import { compareIds, removes } from "/client.js";

/**
 * How many comments are held. The page shows a few hundred of them; the rest is for scrolling without a request, and makes
 * the page's memory independent of how long it stays open.
 */
const Capacity = 5_000;

/** How many of the newest comments are never dropped. */
const Tail = 500;

/**
 * @typedef {object} Entry
 * @property {import("/client.js").Comment} comment
 * @property {Hole | null} hole right before this comment
 * @property {boolean} sampledOut whether it is passed over while one follows, because too many come to be read
 */

/**
 * A place where comments are known to be missing, or may be. The start of the timeline is one too until the beginning of
 * the history was seen, so that "load earlier comments" and "load skipped comments" are the same thing.
 * @typedef {object} Hole
 * @property {string | null} after comments after this one may be missing, between those that are there too; null where
 *   everything older may be
 * @property {"open" | "loading" | "failed"} state
 */

/** The comments that the page knows, oldest first, each once, with the holes between them. */
export class Timeline {
  /** @type {Entry[]} */
  #entries = [];
  #expired = false;

  get length() {
    return this.#entries.length;
  }

  /** Whether it holds more than it should. */
  get isFull() {
    return this.length > Capacity;
  }

  /** Whether nothing is older than the first entry. */
  get startsAtBeginning() {
    return this.length > 0 && this.#entries[0].hole === null && this.#entries.every(({ hole }) => hole?.after !== null);
  }

  /** Whether comments before the beginning were removed because of their age. */
  get hasExpired() {
    return this.#expired;
  }

  /** The id of the newest comment, or "0", which is older than all. */
  get newestId() {
    return this.#entries[this.length - 1]?.comment.id ?? "0";
  }

  slice(from, to) {
    return this.#entries.slice(from, to);
  }

  /** The index of the first entry that is not older than this id. */
  indexOf(id) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareIds(this.#entries[middle].comment.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Where the last so many begin that are not sampled out.
   * @param {number} count
   * @param {number} reach how many entries are looked at
   */
  indexOfLastShown(count, reach) {
    let index = this.length;
    for (let left = count; left > 0 && index > 0 && this.length - index < reach; index--) {
      if (!this.#entries[index - 1].sampledOut) left--;
    }
    return index;
  }

  /**
   * Adds a comment in its place; one that is there already changes nothing.
   * @param {import("/client.js").Comment} comment
   * @returns {Entry}
   */
  add(comment) {
    const index = this.indexOf(comment.id);
    if (this.#entries[index]?.comment.id !== comment.id) this.#entries.splice(index, 0, { comment, hole: null, sampledOut: false });
    return this.#entries[index];
  }

  /**
   * Adds a comment before which others are missing.
   * @param {import("/client.js").Comment} comment
   * @param {string | null} after the newest comment that is not missing, where that is known
   * @returns {Entry}
   */
  addAfterHole(comment, after) {
    const entry = this.add(comment);
    dig(entry, after);
    return entry;
  }

  /**
   * Fills the hole before an entry, wholly or its newer part, with a page of the history before that entry.
   * @param {Entry} entry
   * @param {{ comments: import("/client.js").Comment[], nextCursor: string | null, expired?: true }} page newest first
   * @returns {Entry | undefined} the entry that what is left of the hole is before
   */
  fill(entry, { comments, nextCursor, expired }) {
    this.#expired ||= expired === true;
    if (!entry.hole) return undefined;
    const { after } = entry.hole;
    const missing = comments.filter(({ id }) => after === null || compareIds(id, after) > 0);
    entry.hole = null;
    const added = missing.map(comment => this.add(comment));
    const filled = nextCursor === null || added.length < comments.length;
    if (filled) return undefined;

    const oldest = added[added.length - 1];
    dig(oldest, after);
    return oldest;
  }

  /**
   * Takes comments out that were removed. A hole before one of them is before the next one then.
   * @param {import("/client.js").Removed} removed
   * @returns {Hole | undefined} one that has no comment after it any more
   */
  remove(removed) {
    /** @type {Hole | undefined} */
    let hole;
    const kept = [];
    for (const entry of this.#entries) {
      if (removes(removed, entry.comment)) {
        if (entry.hole) hole = deeper(hole, entry.hole);
        // What is being loaded for it has no place any more.
        entry.hole = null;
        continue;
      }
      if (hole) dig(entry, hole.after);
      hole = undefined;
      kept.push(entry);
    }
    this.#entries = kept;
    return hole;
  }

  /** Forgets all: any of it may have been removed. */
  clear() {
    for (const entry of this.#entries) entry.hole = null;
    this.#entries = [];
  }

  /**
   * Drops what is too much, farthest from what is shown and never the newest. It can be loaded again like any other hole.
   * @param {number} shownFrom index
   * @param {number} shownTo index after the last one
   * @returns {number} how many were dropped before what is shown
   */
  trim(shownFrom, shownTo) {
    const excess = this.length - Capacity;
    if (excess <= 0) return 0;

    const between = this.length - Tail - shownTo;
    if (between > shownFrom) {
      const dropped = this.#entries.splice(shownTo, Math.min(excess, between));
      const next = this.#entries[shownTo];
      dig(next, this.#entries[shownTo - 1].comment.id);
      dropped.filter(({ hole }) => hole).forEach(({ hole }) => dig(next, hole.after));
      return 0;
    }
    const dropped = Math.min(excess, shownFrom);
    this.#entries.splice(0, dropped);
    this.#entries[0].hole = openHole(null);
    return dropped;
  }
}

/** Notes that comments after this one may be missing before an entry. A hole that reaches further back stays. */
function dig(entry, after) {
  const { hole } = entry;
  const isDeeper = hole && (hole.after === null || (after !== null && compareIds(hole.after, after) < 0));
  if (!isDeeper) entry.hole = openHole(after);
}

/** Of two holes the one that reaches further back. */
function deeper(one, other) {
  if (!one) return other;
  return one.after === null || (other.after !== null && compareIds(one.after, other.after) < 0) ? one : other;
}

function openHole(after) {
  return { after, state: "open" };
}
