import { createCommentRow } from "./comment-row.js";
import { element, linkButton } from "./element.js";

/**
 * @typedef {object} Draft
 * @property {string} author
 * @property {string} message
 * @property {string} key its Idempotency-Key: the same for every try
 */

/** Comments of the viewer's that are on their way, or did not get through. */
export class Outbox {
  #posts = [];

  get rows() {
    return this.#posts.filter(post => !post.claimed).map(post => post.row);
  }

  /** @param {Draft} draft */
  add(draft) {
    const post = { draft, row: createPendingRow(draft), claimed: false };
    this.#posts.push(post);
    return post;
  }

  remove(post) {
    this.#posts = this.#posts.filter(other => other !== post);
  }

  /**
   * The stream may bring a comment before the answer to its post does. Until the answer tells the id, the same words by the
   * same author are taken for that comment, so that it is not seen twice.
   * @returns {boolean} whether the comment is one of the viewer's
   */
  claim({ author, message }) {
    const post = this.#posts.find(({ claimed, draft }) => !claimed && draft.author === author && draft.message === message);
    if (post) post.claimed = true;
    return post !== undefined;
  }

  /** Keeps a comment that was not sent in view, with the reason and what can be done. */
  fail(post, reason, { onRetry, onDiscard }) {
    const note = element("p", "failure", `Not sent. ${reason} `, linkButton("Try again", onRetry), " ", linkButton("Discard", onDiscard));
    note.role = "alert";
    post.claimed = false;
    post.row.classList.replace("pending", "failed");
    post.row.querySelector(".said").append(note);
  }
}

function createPendingRow(draft) {
  const row = createCommentRow({ ...draft, createdAt: new Date().toISOString() }, true);
  row.classList.add("pending");
  return row;
}
