import { EventStreamParser } from "./event-stream.js";
import { ProblemError } from "./problem.js";

/** Silence after which a connection is taken for dead, in milliseconds: the server sends something every 15 s. */
const LongestSilence = 40_000;

/** How often that is looked at, in milliseconds. By the clock and not by one long timer: that would sleep with the machine. */
const SilenceCheck = 5_000;

/** A connection that was live this long was a good one: the next loss starts from the short delay again. Milliseconds. */
const GoodConnection = 5_000;

/** The delay before a reconnect, in milliseconds: what it grows from if the server names none, and how far it grows. */
const FirstDelay = 2_000;
const LongestDelay = 30_000;

/** The longest delay that a server may name, in milliseconds. A timer takes one of 25 days or more for none at all. */
const LongestRetry = 600_000;

/**
 * @typedef {object} ConnectionState
 * @property {"connecting" | "live" | "reconnecting" | "refused" | "closed"} status
 * @property {string} [resumedAfter] live: the comment that the stream goes on from; absent where it starts with the backlog
 * @property {number} [retryAt] reconnecting or refused: when it tries again (`Date.now()` time); absent while it tries, and
 *   where it was refused for good
 * @property {ProblemError} [problem] refused: what the server said
 */

/**
 * @typedef {object} ConnectionOptions
 * @property {(comment: import("../client.js").Comment) => void} onComment each comment, once, in order
 * @property {(gap: { after: string, before: string }) => void} [onGap] comments between these two are not coming: read
 *   them with `pageBack` where they matter. What comes next is the backlog.
 * @property {(state: ConnectionState) => void} [onState]
 * @property {string} [after] resume right after this comment
 * @property {number} [backlog] how many comments come first where nothing is resumed, 0-200
 */

/**
 * A live stream of comments that reconnects by itself.
 *
 * It reads the stream through `fetch` and not through `EventSource`, which gives up for good at the first HTTP error, hides
 * the reason and `Retry-After` of a refusal, and hides the keep-alives, so that a connection that died in its sleep goes
 * unnoticed.
 */
export class Connection {
  #url;
  #options;
  #lastId;
  #retry = FirstDelay;
  #failures = 0;
  #closing = new AbortController();
  #losing = new AbortController();
  #heardAt = 0;
  #liveSince = Infinity;
  #wake = () => {};

  /**
   * @param {string} url
   * @param {ConnectionOptions} options
   */
  constructor(url, options) {
    this.#url = url;
    this.#options = options;
    this.#lastId = options.after;
    const { signal } = this.#closing;
    globalThis.addEventListener?.("online", () => this.retryNow(), { signal });
    // What the network has lost is known now, and not when the silence has become too long.
    globalThis.addEventListener?.("offline", () => this.#losing.abort(), { signal });
    const silence = setInterval(() => this.#checkSilence(), SilenceCheck);
    signal.addEventListener("abort", () => clearInterval(silence));
    this.#run();
  }

  /** Ends it for good. */
  close() {
    this.#closing.abort();
    this.#wake();
  }

  /** Tries at once where it waits for its next try. To be called, too, when a page comes back into view. */
  retryNow() {
    this.#checkSilence();
    this.#wake();
  }

  async #run() {
    this.#report({ status: "connecting" });
    while (!this.#closing.signal.aborted) {
      const problem = await this.#follow().catch(error => error);
      // What is left of a refused answer would hold its connection.
      this.#losing.abort();
      if (this.#closing.signal.aborted) break;

      this.#failures = Date.now() - this.#liveSince > GoodConnection ? 1 : this.#failures + 1;
      const refused = problem instanceof ProblemError && isRefusal(problem);
      /** @type {ConnectionState} */
      const state = refused ? { status: "refused", problem } : { status: "reconnecting" };
      if (refused && isFinal(problem)) {
        this.#closing.abort();
        return this.#report(state);
      }

      const delay = this.#delay(problem);
      this.#report({ ...state, retryAt: Date.now() + delay });
      await this.#sleep(delay);
      this.#report({ status: "reconnecting" });
    }
    this.#report({ status: "closed" });
  }

  /** Follows one connection to its end. */
  async #follow() {
    this.#losing = new AbortController();
    this.#heardAt = Date.now();
    this.#liveSince = Infinity;
    const resumedAfter = this.#lastId;
    const response = await fetch(this.#address(), {
      cache: "no-store",
      headers: { Accept: "text/event-stream" },
      signal: AbortSignal.any([this.#losing.signal, this.#closing.signal]),
    });
    if (!response.ok) throw await ProblemError.fromResponse(response);
    if (!isEventStream(response)) throw new ProblemError(response.status, { title: "The server's answer is no event stream." });

    this.#liveSince = Date.now();
    this.#report({ status: "live", resumedAfter });
    const parser = new EventStreamParser();
    if (!response.body) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.#heardAt = Date.now();
      parser.push(piece.value).forEach(event => this.#deliver(event));
      this.#retry = Math.min(parser.retry ?? this.#retry, LongestRetry);
    }
  }

  #checkSilence() {
    if (Date.now() - this.#heardAt > LongestSilence) this.#losing.abort();
  }

  /** @param {import("./event-stream.js").ServerSentEvent} event */
  #deliver({ type, data, lastEventId }) {
    if (type === "gap") guard(() => this.#options.onGap?.(JSON.parse(data)));
    if (type === "comment") guard(() => this.#options.onComment(JSON.parse(data)));
    if (type === "comment") this.#lastId = lastEventId;
  }

  #address() {
    const url = new URL(this.#url);
    url.searchParams.set("backlog", String(this.#options.backlog ?? 50));
    // Not the Last-Event-ID header: from another origin that would cost a preflight request for every connection.
    if (this.#lastId) url.searchParams.set("after", this.#lastId);
    return url;
  }

  /**
   * First what the server wished for; then it grows with every failure. It is spread at random, so that the viewers of a
   * failed server do not return as one.
   * @param {unknown} problem what ended the last try
   */
  #delay(problem) {
    const doubled = Math.min(FirstDelay * 2 ** (this.#failures - 1), LongestDelay);
    const grown = this.#failures === 1 ? this.#retry : Math.max(this.#retry, doubled);
    const asked = (problem instanceof ProblemError && problem.retryAfter || 0) * 1_000;
    return Math.max(grown * (0.75 + Math.random() / 2), asked * (1 + Math.random() / 4));
  }

  /**
   * @param {number} milliseconds
   * @returns {Promise<void>}
   */
  #sleep(milliseconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** @param {ConnectionState} state */
  #report(state) {
    guard(() => this.#options.onState?.(state));
  }
}

/**
 * A handler's own fault is not the connection's: it must not end it, nor be hidden by it. So it counts as uncaught.
 * @param {() => void} call
 */
function guard(call) {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/**
 * A proxy's page with status 200 is no stream: someone has to log in first, for instance.
 * @param {Response} response
 */
const isEventStream = ({ headers }) => /^text\/event-stream\s*(;|$)/i.test(headers.get("Content-Type") ?? "");

/**
 * The server itself said no. A gateway that does not reach it (502, 504) or a fault (500) is a loss like any other.
 * A 204 tells clients to come no more (WHATWG HTML, 9.2.1).
 * @param {ProblemError} problem
 */
const isRefusal = ({ status }) => status === 503 || status === 204 || (status >= 400 && status < 500);

/**
 * Trying again cannot help if the request itself is at fault.
 * @param {ProblemError} problem
 */
const isFinal = ({ status }) => status < 500 && status !== 408 && status !== 429;
