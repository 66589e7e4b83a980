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

import { anySignal, timeoutSignal } from "./client/abort.js";
import { Connection } from "./client/connection.js";
import { compareIds } from "./client/ids.js";
import { Moderation } from "./client/moderation.js";
import { ProblemError } from "./client/problem.js";
import { KnownRemovals, removes } from "./client/removals.js";
import { Replay } from "./client/replay.js";
import { ServerClock } from "./client/server-clock.js";
import { Tokens } from "./client/tokens.js";

export { Connection, Moderation, ProblemError, Replay, compareIds, removes };

/** How long a request may take, in milliseconds. */
const RequestTimeout = 15_000;

/** How often a page is read until it is not older than what is known to be removed. */
const PageTries = 4;

/** How long it waits before the second of these tries, in milliseconds; before each later one so much longer. */
const PageDelay = 50;

/**
 * @typedef {object} Comment
 * @property {string} id decimal form of a 64-bit number that rises within a live video; see {@link compareIds}
 * @property {string} liveVideoId
 * @property {string} author 1-50 Unicode scalar values
 * @property {string} message 1-500 Unicode scalar values
 * @property {string} createdAt RFC 3339, UTC
 * @property {string} [replyTo] the id of the comment that it answers, which may have been removed; absent where it answers none
 * @property {string} [authorId] the person who wrote it, the same on every video; absent where it came without a token
 * @property {"moderator" | "owner"} [role] what the author is on the video; absent for those who watch
 * @property {true} [verified] where the author's name came from a token
 * @property {true} [announcement] where a moderator says it to all
 */

/**
 * A comment that a moderator is to see first, and what became of it.
 * @typedef {object} Held
 * @property {"held" | "published" | "refused" | "expired"} status whether it waits, or what became of it
 * @property {string} heldId what it is called meanwhile: see {@link LiveVideo.readHeld}
 * @property {string} [expires] until when it waits, RFC 3339, UTC
 * @property {string} [id] of the comment that it was published as
 */

/** @typedef {import("./client/connection.js").ConnectionOptions} ConnectionOptions */
/** @typedef {import("./client/connection.js").ConnectionState} ConnectionState */
/** @typedef {import("./client/connection.js").Gap} Gap */
/** @typedef {import("./client/connection.js").Settings} Settings */
/** @typedef {import("./client/removals.js").Removed} Removed */
/** @typedef {import("./client/moderation.js").Ban} Ban */
/** @typedef {import("./client/moderation.js").NewBan} NewBan */
/** @typedef {import("./client/moderation.js").HeldComment} HeldComment */
/** @typedef {import("./client/moderation.js").AuditEntry} AuditEntry */
/** @typedef {import("./client/replay.js").ReplayOptions} ReplayOptions */
/** @typedef {import("./client/timeline.js").TimelinePiece} TimelinePiece */

/** The comments of one live video. */
export class LiveVideo {
  #comments;
  #clock = new ServerClock();
  #tokens;
  #removals = new KnownRemovals();
  /** How often a stream has begun without a place to go on from: it does not tell what was removed before. */
  #beginnings = 0;

  /**
   * @param {string} id 1-64 of `[A-Za-z0-9_-]`
   * @param {object} [options]
   * @param {string | URL} [options.server] where LiveComments answers; by default where this module was
   *   loaded from, so it is needed if that is not the server (the npm package, a copy)
   * @param {import("./client/tokens.js").AskForToken} [options.token] gives the token of who uses the page, where somebody is signed
   *   in: for posts, and for private videos
   */
  constructor(id, { server = new URL(".", import.meta.url), token } = {}) {
    if (!/^https?:/.test(new URL(server).protocol)) {
      throw new TypeError(`Say where LiveComments answers: new LiveVideo("${id}", { server }).`);
    }
    this.id = id;
    this.#comments = new URL(`comments/${encodeURIComponent(id)}`, server);
    this.#tokens = new Tokens(this.#comments.href, token);
    /** What moderators do. */
    this.moderation = new Moderation(this.#comments, (url, init) => this.#request(url, init, true));
  }

  /**
   * Follows the comments as they come, and comes back by itself after a loss, right after the last one received.
   * @param {ConnectionOptions} options
   * @returns {Connection}
   */
  connect(options) {
    if (options.token) this.#tokens = new Tokens(this.#comments.href, options.token);
    const tokens = this.#tokens;
    /** @param {ConnectionState} state */
    const onState = state => {
      if (state.status === "live" && state.resumedAfter === undefined && options.view !== "held") this.#beginnings++;
      options.onState?.(state);
    };
    const { view } = options;
    return new Connection(`${this.#comments}/stream${view ? `?view=${view}` : ""}`, { ...options, onState }, {
      clock: this.#clock,
      // Pages are of what is published; and what moderators alone see is for no other page of the browser.
      readPage: view ? undefined : page => this.#readPage({ ...page, removals: true }),
      // The queue has its own ids: they say nothing of the history.
      removals: view === "held" ? undefined : this.#removals,
      fetch: (url, init) => tokens.fetch(url, init, { needed: view !== undefined }),
    });
  }

  /** The server's time, in milliseconds as `Date.now()` has them: what `createdAt` is to be compared with. */
  now() {
    return this.#clock.now();
  }

  /**
   * Posts one comment. It is durable once this resolves. A moderator may have to see it first: then this gives what is held, which has a
   * `heldId`, in place of a comment.
   * @param {{ author?: string, message: string, replyTo?: string | undefined, announcement?: boolean, pin?: boolean }} draft without an
   *   author where the token has a name; with the id of the comment that it answers, where it answers one. Moderators may make it an
   *   announcement, and pin it at once
   * @param {object} [options]
   * @param {string} [options.idempotencyKey] pass the same key to try again: the comment is then published at most once
   * @param {AbortSignal} [options.signal]
   * @returns {Promise<Comment | Held>}
   * @throws {ProblemError} where it was refused, or where no answer came
   */
  post({ author, message, replyTo, announcement, pin }, { idempotencyKey = createIdempotencyKey(), signal } = {}) {
    return this.#request(this.#comments, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": idempotencyKey },
      body: JSON.stringify({ author, message, replyTo, announcement, pin }),
      signal,
    });
  }

  /**
   * Reads one page of history, newest first.
   * @param {object} [options]
   * @param {string} [options.before] only comments older than this id (a `nextCursor` is one too); all without
   * @param {number} [options.limit] 1-200
   * @param {boolean} [options.staff] whether a moderator reads it, with the token: what waits for its time is in it, and the `authorId` of
   *   who wrote without a token
   * @param {AbortSignal} [options.signal]
   * @returns {Promise<{ comments: Comment[], nextCursor: string | null, expired?: true, asOf: string }>} expired where older ones are
   *   no longer kept; asOf is the entry up to which the page is true. What is known here to be removed is not in it
   * @throws {ProblemError}
   */
  pageBack({ before, limit = 50, staff, signal } = {}) {
    return this.#readPage({ before, limit, staff, signal });
  }

  /**
   * Shows the comments beside a recording of the broadcast, each at its moment.
   * @param {ReplayOptions} options
   * @returns {Replay}
   */
  replay(options) {
    return new Replay(options, {
      read: (from, to, cursor, signal) => {
        const stretch = new URL(`${this.#comments}/replay`);
        stretch.searchParams.set("from", new Date(from).toISOString());
        stretch.searchParams.set("to", new Date(to).toISOString());
        if (cursor) stretch.searchParams.set("cursor", cursor);
        // The browser may have it already: the server says whether it is still the same.
        return this.#request(stretch, { signal, cache: "default" });
      },
      isRemoved: comment => this.isRemoved(comment),
    });
  }

  /**
   * What became of a comment that a moderator is to see first.
   * @param {string} heldId
   * @param {object} [options]
   * @param {AbortSignal} [options.signal]
   * @returns {Promise<Held>}
   * @throws {ProblemError}
   */
  readHeld(heldId, { signal } = {}) {
    return this.#request(new URL(`${this.#comments}/held/${encodeURIComponent(heldId)}`), { signal });
  }

  /**
   * Removes a comment: one's own, or any where the token is a moderator's. It is gone once this resolves, also where it was before.
   * @param {string} id
   * @param {object} [options]
   * @param {string} [options.reason] where a moderator removes: up to 100 characters, kept with what moderators have done
   * @param {string} [options.note] for moderators alone, up to 500 characters
   * @param {AbortSignal} [options.signal]
   * @returns {Promise<void>}
   * @throws {ProblemError} where it was refused, or where no answer came
   */
  async remove(id, { reason, note, signal } = {}) {
    const said = reason || note ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify({ reason, note }) } : {};
    await this.#request(new URL(`${this.#comments}/${encodeURIComponent(id)}`), { method: "DELETE", ...said, signal });
  }

  /**
   * Whether a comment is known here to be removed: it may come late, as the answer to its post.
   * @param {{ id: string, authorId?: string }} comment
   */
  isRemoved(comment) {
    return this.#removals.include(comment);
  }

  /**
   * @param {object} wanted
   * @param {string | undefined} [wanted.before]
   * @param {number} wanted.limit
   * @param {AbortSignal | undefined} [wanted.signal]
   * @param {boolean} [wanted.removals]
   * @param {boolean | undefined} [wanted.staff]
   */
  async #readPage({ before, limit, signal, removals, staff }) {
    const page = new URL(this.#comments);
    page.searchParams.set("limit", String(limit));
    if (before) page.searchParams.set("cursor", before);
    if (removals) page.searchParams.set("removals", "true");
    for (let tries = 0; tries < PageTries; tries++) {
      // Another node may have answered, which is behind.
      if (tries > 0) await new Promise(resolve => setTimeout(resolve, tries * PageDelay));
      const beginnings = this.#beginnings;
      const current = this.#removals.apply(await this.#request(page, { signal }, staff));
      if (current && beginnings === this.#beginnings) return current;
    }
    throw ProblemError.noAnswer(new Error("The page is older than what is known to be removed."));
  }

  /**
   * @param {URL} url
   * @param {RequestInit & { signal?: AbortSignal | undefined }} init
   * @param {boolean} [needsToken] posts and the like always do
   * @returns {Promise<any>} the answer's JSON
   */
  async #request(url, { signal, ...init }, needsToken = init.method !== undefined) {
    try {
      /** @type {RequestInit} */
      const request = { cache: "no-store", ...init, signal: anySignal(signal, timeoutSignal(RequestTimeout)) };
      const response = await this.#tokens.fetch(url, request, { needed: needsToken });
      // What a cache gives has the time at which it was made.
      if (request.cache === "no-store") this.#clock.read(response);
      if (!response.ok) throw await ProblemError.fromResponse(response);
      return response.status === 204 ? undefined : await response.json();
    } catch (error) {
      if (signal?.aborted || error instanceof ProblemError) throw error;
      throw ProblemError.noAnswer(error);
    }
  }
}

/** A key that no other post has. Not `crypto.randomUUID`: a page on plain HTTP does not have it. */
export function createIdempotencyKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}
