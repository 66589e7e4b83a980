import { removes } from "/client.js";
import { createCommentRow } from "./comment-row.js";
import { element, linkButton } from "./element.js";

/**
 * @typedef {object} Draft
 * @property {string} author
 * @property {string} message
 * @property {import("./reply-target.js").Parent} [parent] the comment that it answers
 * @property {string} key its Idempotency-Key: the same for every try
 */

/**
 * Comments of the viewer's that are on their way, or did not get through. They outlive a reload: what one has sent is lost in no
 * case, until one discards it.
 */
export class Outbox {
  #posts = [];
  #held = [];
  #memory;
  #now;

  /**
   * @param {import("./memory.js").TabMemory} memory
   * @param {() => number} now the server's time
   */
  constructor(memory, now) {
    this.#memory = memory;
    this.#now = now;
  }

  get rows() {
    return this.#posts.map(post => post.row);
  }

  /** What was there when the page was left. Whether it got through is not known. @returns {Draft[]} */
  recall() {
    return this.#memory.recall("outbox") ?? [];
  }

  /** @param {Draft} draft */
  add(draft) {
    const post = { draft, row: this.#createRow(draft), pending: true };
    this.#change([...this.#posts, post]);
    return post;
  }

  remove(post) {
    this.#change(this.#posts.filter(other => other !== post));
  }

  /**
   * The stream may bring a comment before the answer to its post does, and only the answer tells which comment the post has become:
   * another viewer may write the same words under the same name. So a comment that may be one of those under way is held back until
   * they are answered.
   * @param {import("/client.js").Comment} comment
   * @returns {boolean} whether it is held
   */
  hold(comment) {
    const may = this.#mayBePending(comment);
    if (may) this.#held.push(comment);
    return may;
  }

  /**
   * What need not be held any more.
   * @returns {import("/client.js").Comment[]}
   */
  release() {
    const free = this.#held.filter(comment => !this.#mayBePending(comment));
    this.#held = this.#held.filter(comment => !free.includes(comment));
    return free;
  }

  /** Forgets what is held of comments that were removed. @param {import("/client.js").Removed} removed */
  drop(removed) {
    this.#held = this.#held.filter(comment => !removes(removed, comment));
  }

  /** Keeps a comment that was not sent in view, with the reason and what can be done. */
  fail(post, reason, { onRetry, onDiscard }) {
    const note = element("p", "failure", `${reason} `, linkButton("Try again", onRetry), " ", linkButton("Discard", onDiscard));
    note.setAttribute("role", "alert");
    post.pending = false;
    post.row.classList.replace("pending", "failed");
    post.row.querySelector(".said").append(note);
  }

  /** Says of a comment that was sent what is still to come. */
  wait(post, words) {
    const note = element("p", "waiting", words);
    note.setAttribute("role", "status");
    post.row.querySelector(".said").append(note);
  }

  /** Keeps a comment in view that will not be published, with the reason. */
  end(post, reason, onDiscard) {
    post.row.querySelector(".waiting")?.remove();
    const note = element("p", "failure", `${reason} `, linkButton("Discard", onDiscard));
    note.setAttribute("role", "alert");
    post.pending = false;
    post.row.classList.replace("pending", "failed");
    post.row.querySelector(".said").append(note);
  }

  #mayBePending({ author, message }) {
    return this.#posts.some(({ pending, draft }) => pending && draft.author === author && draft.message === message);
  }

  #change(posts) {
    this.#posts = posts;
    this.#memory.remember("outbox", posts.map(({ draft }) => draft));
  }

  #createRow(draft) {
    const now = this.#now();
    const row = createCommentRow({ ...draft, createdAt: new Date(now).toISOString() }, true, now);
    row.classList.add("pending");
    return row;
  }
}
