import { anySignal } from "./abort.js";
import { EventStreamParser } from "./event-stream.js";
import { guard } from "./guard.js";
import { ProblemError } from "./problem.js";

/** Silence after which a connection is taken for dead, in milliseconds: the server sends something every 15 s. */
const LongestSilence = 40_000;

/** How often that is looked at, in milliseconds. By the clock and not by one long timer: that would sleep with the machine. */
const SilenceCheck = 1_000;

/** A look that comes this much late was slept through, in milliseconds: what was connected may be so no more. */
const Slept = 2_000;

/** After a sleep, or when the page comes back: silence after which it connects anew, in milliseconds. */
const Probe = 1_500;

/**
 * Where it is not connected again in this time, it says that it reconnects, and tries once more. A browser sends a request over a
 * connection that it has kept, and those may be dead, too: as many tries as it keeps connections. Milliseconds.
 */
const Doubt = 1_000;
const TriesInDoubt = 6;

/** Where streams take turns, how long one is live at least, in milliseconds: what has come meanwhile is there by then. */
const ShortestTurn = 30;

/** A connection that was live this long was a good one: the next loss starts from the short delay again. Milliseconds. */
const GoodConnection = 5_000;

/** The delay before a reconnect, in milliseconds: what it grows from if the server names none, and how far it grows. */
const FirstDelay = 2_000;
const LongestDelay = 30_000;

/** The longest delay that a server may name, in milliseconds. A timer takes one of 25 days or more for none at all. */
const LongestRetry = 600_000;

/** @typedef {import("./connection.js").ConnectionState} ConnectionState */

/**
 * What a stream brings, in order: entries of the log, each with the id of the one that it comes right after (none where that is not
 * known): a comment, a removal, or another kind, which is but a place to go on from. Or the ends of a gap and what was removed in it.
 * Or from which entry on all removals are told, and those of them that were told already. Or the settings of the video, or which
 * comment is pinned. Or a removal whose place comes later: it is told there again.
 * @typedef {{ comment: import("../client.js").Comment, follows: string | undefined }
 *   | { removal: import("./removals.js").Removal, follows: string | undefined }
 *   | { place: string, follows: string | undefined }
 *   | { gap: import("./connection.js").Gap }
 *   | { settings: import("./connection.js").Settings }
 *   | { pin: import("../client.js").Comment | null }
 *   | { early: import("./removals.js").Removal }
 *   | { toldFrom: string, removals: import("./removals.js").Removal[] }} StreamEvent
 */

/**
 * @typedef {object} StreamOptions
 * @property {(events: StreamEvent[]) => void} onEvents what came in one piece
 * @property {(state: ConnectionState) => void} onState
 * @property {string} [after] resume right after this comment
 * @property {number} [backlog] how many comments come first where nothing is resumed
 * @property {boolean} [wasLive] whether another stream was live until now: then being live is no news
 * @property {import("./server-clock.js").ServerClock} [clock] is set by each answer
 * @property {(url: URL, init: RequestInit) => Promise<Response>} [fetch] in place of the global one
 * @property {(signal: AbortSignal) => Promise<() => void>} [enter] waits until it may connect; gives what to call when it has
 *   disconnected
 */

/**
 * One live stream of comments that reconnects by itself.
 *
 * It reads the stream through `fetch` and not through `EventSource`, which gives up for good at the first HTTP error, hides
 * the reason and `Retry-After` of a refusal, and hides the keep-alives, so that a connection that died in its sleep goes
 * unnoticed.
 */
export class Stream {
  #url;
  #options;
  #lastId;
  #retry = FirstDelay;
  #failures = 0;
  /** @type {ConnectionState["status"] | undefined} */
  #status;
  /** Whether the present connection is left of our own accord: that is no failure, and nothing to wait after. */
  #leaving = false;
  #closing = new AbortController();
  #losing = new AbortController();
  #atOnce = false;
  /** Whether the server has said that the live video is over. */
  #ended = false;
  #heardAt = 0;
  /** How many pieces have come. */
  #pieces = 0;
  #lookedAt = Date.now();
  #connected = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #liveSince = Infinity;
  #wake = () => {};

  /**
   * @param {string} url
   * @param {StreamOptions} options
   */
  constructor(url, options) {
    this.#url = url;
    this.#options = options;
    this.#lastId = options.after;
    const { signal } = this.#closing;
    globalThis.addEventListener?.("online", () => this.wake(), { signal });
    // What the network has lost is known now, and not when the silence has become too long.
    globalThis.addEventListener?.("offline", () => this.#losing.abort(), { signal });
    // Another network: what was connected through the old one may hang.
    networkOf(globalThis.navigator)?.addEventListener?.("change", () => this.wake(), { signal });
    const silence = setInterval(() => this.#look(), SilenceCheck);
    signal.addEventListener("abort", () => clearInterval(silence));
    if (options.wasLive) {
      this.#status = "live";
      this.#doubt();
    }
    this.#run();
  }

  /** Ends it for good. */
  close() {
    this.#closing.abort();
    clearTimeout(this.#timer);
    this.#wake();
  }

  /**
   * Tries at once where it waits for its next try. Where it is connected it must hear something soon, or it connects anew: it may
   * be dead without knowing.
   */
  wake() {
    this.#wake();
    clearTimeout(this.#timer);
    if (this.#isSilent()) return this.#lose();
    const heard = this.#pieces;
    this.#timer = setTimeout(() => this.#pieces === heard && this.#leaveInDoubt(), Probe);
  }

  /** Leaves the present connection, and connects anew as soon as it may. Nobody is told: it is not for a fault. */
  leave() {
    if (!this.#connected) return;
    if (this.#wasGood()) this.#failures = 0;
    this.#leaving = true;
    this.#liveSince = Infinity;
    this.#losing.abort();
  }

  /** Lets others connect, once it has had its turn. */
  takeTurns() {
    if (Date.now() - this.#liveSince >= ShortestTurn) this.leave();
  }

  #leaveInDoubt() {
    this.leave();
    this.#doubt();
  }

  /** It is told where connecting anew takes longer than one would bear. */
  #doubt(tries = TriesInDoubt) {
    this.#timer = setTimeout(() => {
      if (this.#liveSince !== Infinity) return;
      if (this.#status === "live") this.#report({ status: "reconnecting" });
      if (tries === 0) return;
      this.leave();
      this.#doubt(tries - 1);
    }, Doubt);
  }

  #wasGood() {
    return Date.now() - this.#liveSince > GoodConnection;
  }

  async #run() {
    if (!this.#options.wasLive) this.#report({ status: "connecting" });
    while (!this.#closing.signal.aborted) {
      const problem = await this.#enterAndFollow().catch(error => error);
      // What is left of a refused answer would hold its connection.
      this.#losing.abort();
      if (this.#closing.signal.aborted) break;
      if (this.#ended) {
        this.close();
        return this.#report({ status: "ended" });
      }
      if (this.#leaving) continue;

      this.#failures = this.#wasGood() ? 1 : this.#failures + 1;
      const refused = problem instanceof ProblemError && isRefusal(problem);
      /** @type {ConnectionState} */
      const state = refused ? { status: "refused", problem } : { status: "reconnecting" };
      if (refused && isFinal(problem)) {
        this.#closing.abort();
        return this.#report(state);
      }

      const delay = this.#atOnce ? 0 : this.#delay(problem);
      this.#atOnce = false;
      this.#report({ ...state, retryAt: Date.now() + delay });
      await this.#sleep(delay);
      this.#report({ status: "reconnecting" });
    }
    this.#report({ status: "closed" });
  }

  async #enterAndFollow() {
    this.#leaving = false;
    this.#losing = new AbortController();
    const exit = await this.#options.enter?.(anySignal(this.#losing.signal, this.#closing.signal));
    this.#connected = true;
    try {
      await this.#follow();
    } finally {
      this.#connected = false;
      this.#losing.abort();
      exit?.();
    }
  }

  /** Follows one connection to its end. */
  async #follow() {
    this.#heardAt = Date.now();
    this.#liveSince = Infinity;
    const resumedAfter = this.#lastId;
    const response = await (this.#options.fetch ?? fetch)(this.#address(), {
      cache: "no-store",
      headers: { Accept: "text/event-stream" },
      signal: anySignal(this.#losing.signal, this.#closing.signal),
    });
    this.#options.clock?.read(response);
    // It tells clients to come no more (WHATWG HTML, 9.2.1).
    this.#ended = response.status === 204;
    if (this.#ended) return;
    if (!response.ok) throw await ProblemError.fromResponse(response);
    if (!isEventStream(response)) throw new ProblemError(response.status, { title: "The server's answer is no event stream." });

    this.#liveSince = Date.now();
    // Left and come back to of our own accord, it was live for all that anybody knows.
    if (this.#status !== "live") this.#report({ status: "live", resumedAfter });
    const parser = new EventStreamParser();
    // Not a TextDecoderStream: browsers of 2022 lack it.
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      this.#heardAt = Date.now();
      this.#pieces++;
      this.#deliver(parser.push(decoder.decode(piece.value, { stream: true })));
      this.#retry = Math.min(parser.retry ?? this.#retry, LongestRetry);
    }
  }

  /** Looks whether it has slept, or hears nothing any more. */
  #look() {
    const late = Date.now() - this.#lookedAt - SilenceCheck;
    this.#lookedAt = Date.now();
    if (late > Slept) this.wake();
    else if (this.#isSilent()) this.#losing.abort();
  }

  /** What was slept through is no fault of the server's: it connects anew at once. */
  #lose() {
    this.#atOnce = true;
    this.#losing.abort();
  }

  #isSilent() {
    return this.#connected && Date.now() - this.#heardAt > LongestSilence;
  }

  /** @param {import("./event-stream.js").ServerSentEvent[]} events */
  #deliver(events) {
    /** @type {StreamEvent[]} */
    const delivered = [];
    for (const { type, data, lastEventId } of events) {
      const follows = this.#lastId;
      if (follows === undefined && lastEventId) delivered.push({ toldFrom: lastEventId, removals: [] });
      guard(() => {
        if (type === "comment") delivered.push({ comment: JSON.parse(data), follows });
        else if (type === "comment-removed") delivered.push(removalOf(JSON.parse(data), lastEventId, follows));
        else if (type === "gap") delivered.push({ gap: JSON.parse(data) });
        else if (type === "pin") delivered.push({ pin: JSON.parse(data).comment });
        else if (type === "settings") delivered.push({ settings: JSON.parse(data) });
        else if (lastEventId && lastEventId !== follows) delivered.push({ place: lastEventId, follows });
        // The stream ends here; with a new token there is nothing to wait for.
        if (type === "token-expired") this.#atOnce = true;
        else if (type === "ended") this.#ended = true;
      });
      // Every entry is a place to go on from, also one of a kind that is not known here.
      if (lastEventId) this.#lastId = lastEventId;
    }
    if (delivered.length > 0) this.#options.onEvents(delivered);
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
    this.#status = state.status;
    this.#options.onState(state);
  }
}

/**
 * Where the browser tells of changes of its network (not everywhere).
 * @param {any} navigator
 * @returns {EventTarget | undefined}
 */
const networkOf = navigator => navigator?.connection;

/**
 * A proxy's page with status 200 is no stream: someone has to log in first, for instance.
 * @param {Response} response
 */
const isEventStream = ({ headers }) => /^text\/event-stream\s*(;|$)/i.test(headers.get("Content-Type") ?? "");

/**
 * The server itself said no. A gateway that does not reach it (502, 504) or a fault (500) is a loss like any other.
 * @param {ProblemError} problem
 */
const isRefusal = ({ status }) => status === 503 || (status >= 400 && status < 500);

/**
 * Trying again cannot help if the request itself is at fault.
 * @param {ProblemError} problem
 */
const isFinal = ({ status }) => status < 500 && status !== 408 && status !== 429;

/**
 * @param {import("./removals.js").Removed & { early?: string }} removed what the event says: with `early`, the id of the removal, it comes
 *   before its place and has none of its own
 * @param {string} lastEventId
 * @param {string | undefined} follows
 * @returns {StreamEvent}
 */
function removalOf({ early, ...removed }, lastEventId, follows) {
  return early === undefined ? { removal: { id: lastEventId, removed }, follows } : { early: { id: early, removed } };
}
