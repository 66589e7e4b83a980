import { guard } from "./guard.js";
import { compareIds } from "./ids.js";
import { ProblemError } from "./problem.js";
import { ReplayWindows, WindowLength } from "./replay-windows.js";
import { Timeline } from "./timeline.js";

/** A step ahead that is longer is a seek, in milliseconds of the broadcast at the usual speed. */
const LongestStep = 5_000;

/** A step back that is shorter is none: players say so now and then. */
const LeastStepBack = 250;

/** What follows is read so long before it is needed, in milliseconds. */
const Ahead = 10_000;

/** How long it waits after a failure before it tries again, in milliseconds; twice as long after each further one, up to the second. */
const [FirstRetry, LastRetry] = [1_000, 30_000];

/** The events of a player after which it may be elsewhere, or go on at another speed. */
const Moves = ["timeupdate", "seeking", "seeked", "ratechange", "play", "playing", "pause"];

/**
 * What plays the recording: a `<video>`, or anything that has its time and tells of it as a `<video>` does.
 * @typedef {EventTarget & { readonly currentTime: number, readonly playbackRate: number, readonly paused: boolean }} Player
 */

/**
 * @typedef {object} ReplayOptions
 * @property {Player} media what plays the recording
 * @property {import("./timeline.js").TimelinePiece[]} [timeline] when which part of the recording was broadcast
 * @property {() => Date | number | null | undefined} [clock] in place of a timeline: when that was broadcast what is on the screen now, where
 *   the player knows it, as from HLS's `EXT-X-PROGRAM-DATE-TIME`; nothing where it does not know yet
 * @property {number} [backlog] how many earlier comments to show after a seek; 50 if it is not said
 * @property {(comment: import("../client.js").Comment) => void} onComment a comment whose moment has come
 * @property {(comments: import("../client.js").Comment[]) => void} onReset the player is elsewhere: show these alone, oldest first
 * @property {(problem: ProblemError) => void} [onProblem] comments could not be read; it is tried again
 */

/** Shows the comments of a broadcast beside its recording, each at its moment, at any speed and wherever one seeks to. */
export class Replay {
  #options;
  #at;
  #isRemoved;
  #windows;
  #closing = new AbortController();
  #busy = false;
  #again = false;
  #failures = 0;
  #isWaiting = false;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** The last window that was read ahead, once. @type {number | undefined} */
  #ahead;

  /** Where it is in the broadcast; undefined before it is anywhere. @type {number | undefined} */
  #now;

  /** The last comment that was shown; undefined where all that were before the last seek are left out. @type {string | undefined} */
  #last;

  /**
   * @param {ReplayOptions} options
   * @param {object} source
   * @param {import("./replay-windows.js").ReadStretch} source.read
   * @param {(comment: import("../client.js").Comment) => boolean} source.isRemoved
   */
  constructor(options, { read, isRemoved }) {
    const { media, timeline, clock } = options;
    if (!timeline === !clock) throw new TypeError("A replay needs a timeline or a clock.");
    const pieces = timeline && new Timeline(timeline);
    this.#at = () => {
      const at = pieces ? pieces.at(media.currentTime) : clock?.();
      return at === null || at === undefined || Number.isNaN(Number(at)) ? undefined : Number(at);
    };
    this.#options = options;
    this.#isRemoved = isRemoved;
    this.#windows = new ReplayWindows(read, this.#closing.signal);
    const { signal } = this.#closing;
    for (const move of Moves) media.addEventListener(move, () => this.#wake(), { signal });
    this.#wake();
  }

  /** Ends it: nothing is called any more. */
  close() {
    this.#closing.abort();
    clearTimeout(this.#timer);
  }

  async #wake() {
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#again && !this.#isWaiting && !this.#closing.signal.aborted) {
        this.#again = false;
        await this.#follow();
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Goes to where the player is. */
  async #follow() {
    clearTimeout(this.#timer);
    const at = this.#at();
    if (at === undefined) {
      if (this.#now !== undefined) guard(() => this.#options.onReset([]));
      this.#now = undefined;
      return;
    }

    const isSeek = this.#isSeek(at);
    try {
      if (!this.#windows.has(at) || (isSeek && !this.#windows.has(ReplayWindows.start(at) - 1))) {
        await Promise.all([this.#windows.load(at), isSeek && this.#windows.load(ReplayWindows.start(at) - 1)]);
        this.#again = true;   // meanwhile the player went on
        this.#failures = 0;
        return;
      }
    } catch (error) {
      this.#fail(error);
      return;
    }

    if (isSeek) this.#reset(at);
    else this.#show(at);
    this.#goOn(at);
  }

  /** @param {number} at */
  #isSeek(at) {
    if (this.#now === undefined) return true;
    const step = at - this.#now;
    return step < -LeastStepBack || step > Math.min(LongestStep * Math.max(1, this.#options.media.playbackRate), WindowLength);
  }

  /** @param {number} at */
  #reset(at) {
    const { backlog = 50, onReset } = this.#options;
    const before = this.#windows.near(at).filter(comment => Date.parse(comment.createdAt) <= at);
    this.#now = at;
    this.#last = before.at(-1)?.id;
    const shown = before.filter(comment => !this.#isRemoved(comment));
    guard(() => onReset(backlog > 0 ? shown.slice(-backlog) : []));
  }

  /** @param {number} at */
  #show(at) {
    const [from, last] = [this.#now ?? at, this.#last];
    this.#now = Math.max(at, from);
    for (const comment of this.#windows.near(at)) {
      const moment = Date.parse(comment.createdAt);
      if (moment > at) break;
      if (last === undefined ? moment <= from : compareIds(comment.id, last) <= 0) continue;
      this.#last = comment.id;
      if (!this.#isRemoved(comment)) guard(() => this.#options.onComment(comment));
    }
  }

  /** Comes again when the next comment is due, and reads ahead. @param {number} at */
  #goOn(at) {
    const { media } = this.#options;
    if (media.paused || this.#closing.signal.aborted) return;
    const rate = Math.max(media.playbackRate, 0.01);
    const end = ReplayWindows.end(at);
    if (this.#ahead !== end && (end - at) / rate < Ahead) {
      this.#ahead = end;
      this.#windows.load(end).then(() => this.#wake(), () => { /* It is read again when it is needed. */ });
    }

    const next = this.#windows.near(at).find(comment => Date.parse(comment.createdAt) > at);
    const due = Math.min(next ? Date.parse(next.createdAt) : end, end);
    this.#timer = setTimeout(() => this.#wake(), Math.min((due - at) / rate, 1_000));
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.#closing.signal.aborted) return;
    const problem = error instanceof ProblemError ? error : ProblemError.noAnswer(error);
    guard(() => this.#options.onProblem?.(problem));
    const wait = Math.min(FirstRetry * 2 ** this.#failures++, LastRetry);
    this.#isWaiting = true;
    this.#timer = setTimeout(() => {
      this.#isWaiting = false;
      this.#wake();
    }, Math.max(wait, (problem.retryAfter ?? 0) * 1_000));
  }
}
