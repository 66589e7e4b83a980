import { compareIds } from "./ids.js";

/** How much of the broadcast one request asks for, in milliseconds. They begin at multiples of it: so one cache serves all viewers. */
export const WindowLength = 30_000;

/** How many are kept. */
const Capacity = 8;

/** After which time one to which comments may still be added is read again, in milliseconds. */
const Refresh = 2_000;

/**
 * The comments of a stretch of time, as the server has them.
 * @typedef {{ comments: import("../client.js").Comment[], nextCursor: string | null, complete: boolean }} Stretch
 */

/**
 * @typedef {(from: number, to: number, cursor: string | undefined, signal: AbortSignal) => Promise<Stretch>} ReadStretch
 *   reads a stretch of time, in milliseconds
 */

/** The comments of a broadcast around one moment of it, read as they are needed. */
export class ReplayWindows {
  #read;
  #signal;

  /** By where they begin. @type {Map<number, { comments: import("../client.js").Comment[], complete: boolean, readAt: number }>} */
  #windows = new Map();

  /** Those that are being read. @type {Map<number, Promise<void>>} */
  #reading = new Map();

  /**
   * @param {ReadStretch} read
   * @param {AbortSignal} signal ends what is being read
   */
  constructor(read, signal) {
    this.#read = read;
    this.#signal = signal;
  }

  /** Where the window of a moment begins. @param {number} moment */
  static start(moment) {
    return Math.floor(moment / WindowLength) * WindowLength;
  }

  /** Where it ends. @param {number} moment */
  static end(moment) {
    return ReplayWindows.start(moment) + WindowLength;
  }

  /**
   * Whether the comments around a moment are here, and true.
   * @param {number} moment
   */
  has(moment) {
    return this.#isFresh(this.#windows.get(ReplayWindows.start(moment)));
  }

  /**
   * Reads the comments around a moment, if they are not here.
   * @param {number} moment
   * @throws {import("./problem.js").ProblemError}
   */
  load(moment) {
    const start = ReplayWindows.start(moment);
    if (this.has(moment)) return Promise.resolve();
    const reading = this.#reading.get(start) ?? this.#load(start).finally(() => this.#reading.delete(start));
    this.#reading.set(start, reading);
    return reading;
  }

  /**
   * The comments around a moment, oldest first: those of its window, of the one before and of the one after it, as far as they are here.
   * @param {number} moment
   */
  near(moment) {
    const start = ReplayWindows.start(moment);
    return [start - WindowLength, start, start + WindowLength].flatMap(start => this.#windows.get(start)?.comments ?? []);
  }

  /** @param {number} start */
  async #load(start) {
    /** @type {import("../client.js").Comment[]} */
    const comments = [];
    let complete = true;
    /** @type {string | undefined} */
    let cursor;
    do {
      const stretch = await this.#read(start, start + WindowLength, cursor, this.#signal);
      comments.push(...stretch.comments);
      complete &&= stretch.complete || cursor !== undefined;
      cursor = stretch.nextCursor ?? undefined;
    } while (cursor);
    comments.sort((one, other) => compareIds(one.id, other.id));
    this.#windows.delete(start);
    // Its age counts from here: a slow answer would be too old when it comes.
    this.#windows.set(start, { comments, complete, readAt: Date.now() });
    for (const [oldest] of this.#windows) {
      if (this.#windows.size <= Capacity) break;
      this.#windows.delete(oldest);
    }
  }

  /** @param {{ complete: boolean, readAt: number } | undefined} window */
  #isFresh(window) {
    return window !== undefined && (window.complete || Date.now() - window.readAt < Refresh);
  }
}
