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
 * @property {string} before comments from this one on are not missing
 * @property {"open" | "loading" | "failed"} state
 */

/** The comments that the page knows, oldest first, each once, with the holes between them. */
export class Timeline {
  /** @type {Entry[]} */
  #entries = [];
  /** What is missing after the newest comment, until the next one comes: it has no comment to stand before. @type {Hole | null} */
  #end = null;
  #expired = false;

  get length() {
    return this.#entries.length;
  }

  /** Whether it holds more than it should. */
  get isFull() {
    return this.length > Capacity;
  }

  /** The hole after the newest comment. */
  get end() {
    return this.#end;
  }

  /** What is missing before all that is there. */
  get start() {
    return this.length > 0 ? this.#entries[0].hole : this.#end;
  }

  /** Whether nothing is older than the first entry. */
  get startsAtBeginning() {
    return this.length > 0 && this.start === null && this.#end?.after !== null && this.#entries.every(({ hole }) => hole?.after !== null);
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
   * The comment of an id; null where it was removed, or never was; undefined where that is not known: it may be missing.
   * @param {string} id
   */
  find(id) {
    const index = this.indexOf(id);
    const entry = this.#entries[index];
    if (entry?.comment.id === id) return entry.comment;
    return this.holeAt(id) || (index === 0 && (this.#expired || !this.startsAtBeginning)) ? undefined : null;
  }

  /** The hole that an id lies in; null where it lies in none. @param {string} id */
  holeAt(id) {
    const entry = this.#entries[this.indexOf(id)];
    if (entry?.comment.id === id) return null;
    const hole = entry ? entry.hole : this.#end;
    const isIn = hole && (hole.after === null || compareIds(id, hole.after) > 0) && compareIds(id, hole.before) < 0;
    return isIn ? hole : null;
  }

  /** How many are newer than this id. */
  countAfter(id) {
    const index = this.indexOf(id);
    return this.length - index - (this.#entries[index]?.comment.id === id ? 1 : 0);
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
    const entry = this.#entries[index];
    if (this.#end && compareIds(comment.id, this.#end.before) >= 0) {
      entry.hole = join(entry.hole, this.#end);
      this.#end = null;
    }
    return entry;
  }

  /**
   * Notes that comments are missing where the next one will come: a gap. What is there of it already may have been removed in it.
   * @param {string | null} after the newest comment that is not missing; null where any may be
   * @param {string} before the entry that comes next
   * @returns {Hole}
   */
  skip(after, before) {
    this.#takeOut(({ id }) => (after === null || compareIds(id, after) > 0) && compareIds(id, before) < 0);
    this.#end = join(this.#end, openHole(after, before));
    return this.#end;
  }

  /**
   * Fills a hole, wholly or its newer part, with a page of the history before it. One that is gone meanwhile takes nothing.
   * @param {Hole} hole
   * @param {{ comments: import("/client.js").Comment[], nextCursor: string | null, expired?: true }} page newest first; it may be empty
   *   though there are older ones
   * @returns {Hole | undefined} what is left of it
   */
  fill(hole, { comments, nextCursor, expired }) {
    this.#expired ||= expired === true;
    const entry = this.#entries.find(other => other.hole === hole);
    if (!entry && this.#end !== hole) return undefined;
    const { after } = hole;
    if (entry) entry.hole = null;
    else this.#end = null;
    const added = comments.filter(({ id }) => after === null || compareIds(id, after) > 0).map(comment => this.add(comment));
    const filled = nextCursor === null || (after !== null && compareIds(nextCursor, after) <= 0);
    if (filled) return undefined;

    const next = added[added.length - 1] ?? entry;
    if (next) return dig(next, after, nextCursor);
    this.#end = openHole(after, nextCursor);
    return this.#end;
  }

  /**
   * Takes comments out that were removed. A hole before one of them is before the next one then.
   * @param {import("/client.js").Removed} removed
   */
  remove(removed) {
    this.#takeOut(comment => removes(removed, comment));
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
      for (const { hole } of dropped) if (hole) dig(next, hole.after);
      return 0;
    }
    const dropped = Math.min(excess, shownFrom);
    this.#entries.splice(0, dropped);
    this.#entries[0].hole = openHole(null, this.#entries[0].comment.id);
    return dropped;
  }

  /** @param {(comment: import("/client.js").Comment) => boolean} isOut */
  #takeOut(isOut) {
    /** @type {Hole | null} */
    let hole = null;
    const kept = [];
    for (const entry of this.#entries) {
      if (isOut(entry.comment)) {
        hole = join(hole, entry.hole);
        continue;
      }
      entry.hole = join(hole, entry.hole);
      hole = null;
      kept.push(entry);
    }
    this.#entries = kept;
    this.#end = join(hole, this.#end);
  }
}

/**
 * Notes that comments after one may be missing before an entry.
 * @param {Entry} entry
 * @param {string | null} after
 * @param {string} before
 * @returns {Hole} the one that is there then
 */
function dig(entry, after, before = entry.comment.id) {
  entry.hole = join(entry.hole, openHole(after, before));
  return entry.hole;
}

/**
 * One hole in place of two: one of them if that reaches as far both ways.
 * @param {Hole | null} one
 * @param {Hole | null} other
 */
function join(one, other) {
  if (!one || !other) return one ?? other;
  const after = one.after === null || other.after === null ? null : [one.after, other.after].sort(compareIds)[0];
  const before = [one.before, other.before].sort(compareIds)[1];
  return [one, other].find(hole => hole.after === after && hole.before === before) ?? openHole(after, before);
}

function openHole(after, before) {
  return { after, before, state: "open" };
}
