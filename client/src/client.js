/**
 * LiveComments for any page: follow, write and page back through the comments of one live video.
 * Needs nothing but `fetch`; it touches no document, so it serves other pages than ours just as well.
 *
 * @example
 * import { LiveVideo } from "https://comments.example/client.js";
 *
 * const video = new LiveVideo("demo");
 * const connection = video.connect({ onComment: ({ author, message }) => console.log(author, message) });
 * const comment = await video.post({ author: "Ada", message: "Hello" });
 * const { comments, nextCursor } = await video.pageBack({ before: comment.id });
 * connection.close();
 */

import { Connection } from "./client/connection.js";
import { ProblemError } from "./client/problem.js";

export { Connection, ProblemError };

/** How long a request may take, in milliseconds. */
const RequestTimeout = 15_000;

/**
 * @typedef {object} Comment
 * @property {string} id decimal form of a 64-bit number that rises within a live video; see {@link compareIds}
 * @property {string} liveVideoId
 * @property {string} author 1-50 Unicode scalar values
 * @property {string} message 1-500 Unicode scalar values
 * @property {string} createdAt RFC 3339, UTC
 */

/** @typedef {import("./client/connection.js").ConnectionOptions} ConnectionOptions */
/** @typedef {import("./client/connection.js").ConnectionState} ConnectionState */

/** The comments of one live video. */
export class LiveVideo {
  #comments;

  /**
   * @param {string} id 1-64 of `[A-Za-z0-9_-]`
   * @param {object} [options]
   * @param {string | URL} [options.server] where LiveComments answers; by default where this module was
   *   loaded from, so it is needed if that is not the server (the npm package, a copy)
   */
  constructor(id, { server = new URL(".", import.meta.url) } = {}) {
    if (!/^https?:/.test(new URL(server).protocol)) {
      throw new TypeError(`Say where LiveComments answers: new LiveVideo("${id}", { server }).`);
    }
    this.id = id;
    this.#comments = new URL(`comments/${encodeURIComponent(id)}`, server);
  }

  /**
   * Follows the comments as they come, and comes back by itself after a loss, right after the last one received.
   * @param {ConnectionOptions} options
   * @returns {Connection}
   */
  connect(options) {
    return new Connection(`${this.#comments}/stream`, options);
  }

  /**
   * Posts one comment. It is durable once this resolves.
   * @param {{ author: string, message: string }} draft
   * @param {object} [options]
   * @param {string} [options.idempotencyKey] pass the same key to try again: the comment is then published at most once
   * @param {AbortSignal} [options.signal]
   * @returns {Promise<Comment>}
   * @throws {ProblemError} where it was refused, or where no answer came
   */
  post({ author, message }, { idempotencyKey = createIdempotencyKey(), signal } = {}) {
    return request(this.#comments, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
      body: JSON.stringify({ author, message }),
      signal,
    });
  }

  /**
   * Reads one page of history, newest first.
   * @param {object} [options]
   * @param {string} [options.before] only comments older than this id (a `nextCursor` is one too); all without
   * @param {number} [options.limit] 1-200
   * @param {AbortSignal} [options.signal]
   * @returns {Promise<{ comments: Comment[], nextCursor: string | null }>}
   * @throws {ProblemError}
   */
  pageBack({ before, limit = 50, signal } = {}) {
    const page = new URL(this.#comments);
    page.searchParams.set("limit", String(limit));
    if (before) page.searchParams.set("cursor", before);
    return request(page, { signal });
  }
}

/**
 * Orders two comment ids, oldest first. They are 64-bit numbers: too long for a JavaScript number, so their decimal forms
 * are compared, the shorter being the smaller.
 * @param {string} a
 * @param {string} b
 */
export function compareIds(a, b) {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}

/** A key that no other post has. Not `crypto.randomUUID`: a page on plain HTTP does not have it. */
export function createIdempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {URL} url
 * @param {RequestInit & { signal?: AbortSignal | undefined }} init
 * @returns {Promise<any>} the answer's JSON
 */
async function request(url, { signal, ...init }) {
  const timeout = AbortSignal.timeout(RequestTimeout);
  try {
    const response = await fetch(url, { ...init, cache: "no-store", signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
    if (!response.ok) throw await ProblemError.fromResponse(response);
    return await response.json();
  } catch (error) {
    if (signal?.aborted || error instanceof ProblemError) throw error;
    throw ProblemError.noAnswer(error);
  }
}
