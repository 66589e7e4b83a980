import { compareIds } from "./ids.js";
import { removes } from "./removals.js";

/** How many of each kind are kept: as many comments as a backlog can have. */
const Capacity = 200;

/** The last entries of a shared stream, without a hole between them: a page that comes later finds them here. */
export class RecentComments {
  /** @type {import("../client.js").Comment[]} */
  #comments = [];

  /** @type {import("./removals.js").Removal[]} */
  #removals = [];

  /** The entry that the first of these comes right after; undefined where that is not known. @type {string | undefined} */
  #follows;

  /** The last entry. @type {string | undefined} */
  #last;

  /**
   * @param {import("../client.js").Comment} comment
   * @param {string | undefined} follows the entry that it comes right after
   */
  add(comment, follows) {
    this.#goOn(comment.id, follows);
    this.#comments.push(comment);
    if (this.#comments.length > Capacity) this.#forget(this.#comments[0]?.id);
  }

  /**
   * @param {import("./removals.js").Removal} removal
   * @param {string | undefined} follows the entry that it comes right after
   */
  remove(removal, follows) {
    this.#goOn(removal.id, follows);
    this.drop(removal.removed);
    this.#removals.push(removal);
    if (this.#removals.length > Capacity) this.#forget(this.#removals[0]?.id);
  }

  /** Comments that were removed, where the place of the removal comes later. @param {import("./removals.js").Removed} removed */
  drop(removed) {
    this.#comments = this.#comments.filter(comment => !removes(removed, comment));
  }

  /**
   * An entry of another kind: but a place.
   * @param {string} id
   * @param {string | undefined} follows the entry that it comes right after
   */
  pass(id, follows) {
    this.#goOn(id, follows);
  }

  /** What comes next does not follow what is here. */
  clear() {
    this.#start(undefined);
  }

  /** The comments that were not removed. */
  get all() {
    return this.#comments;
  }

  get removals() {
    return this.#removals;
  }

  get follows() {
    return this.#follows;
  }

  get last() {
    return this.#last;
  }

  /**
   * @param {string} id
   * @param {string | undefined} follows
   */
  #goOn(id, follows) {
    if (follows === undefined || follows !== this.#last) this.#start(follows);
    this.#last = id;
  }

  /** @param {string | undefined} upTo an entry: it and those before it are not here any more */
  #forget(upTo) {
    if (upTo === undefined) return;
    this.#follows = upTo;
    this.#comments = this.#comments.filter(({ id }) => compareIds(id, upTo) > 0);
    this.#removals = this.#removals.filter(({ id }) => compareIds(id, upTo) > 0);
  }

  /** @param {string | undefined} follows */
  #start(follows) {
    this.#comments = [];
    this.#removals = [];
    this.#follows = follows;
    this.#last = undefined;
  }
}
