import { guard } from "./guard.js";
import { removes } from "./removals.js";
import { SharedStream } from "./shared-stream.js";
import { Stream } from "./stream.js";

/** @typedef {import("./problem.js").ProblemError} ProblemError */

/**
 * @typedef {object} ConnectionState
 * @property {"connecting" | "live" | "reconnecting" | "refused" | "ended" | "closed"} status
 * @property {string} [resumedAfter] live: the comment that the stream goes on from; absent where it starts with the backlog
 * @property {number} [retryAt] reconnecting or refused: when it tries again (`Date.now()` time); absent while it tries, and
 *   where it was refused for good
 * @property {ProblemError} [problem] refused: what the server said
 */

/**
 * Entries that are not coming.
 * @typedef {object} Gap
 * @property {string} after the last entry before it
 * @property {string} before the first one after it
 * @property {string[]} [removed] comments before the gap that were removed in it
 * @property {true} [reset] any comment before the gap may have been removed in it: show none of them any more
 */

/**
 * Who may post what to a video just now. Moderators and owners are exempt from all but `state: "ended"`.
 * @typedef {object} Settings
 * @property {number} slowSeconds so many seconds lie between two comments of one person; 0 = any
 * @property {"everyone" | "established" | "signedIn" | "moderators" | "nobody"} mayPost who may post
 * @property {number} establishedMinutes for how long a guest has been one who is `established`
 * @property {number} uniqueSeconds within so many seconds nobody posts a text twice; 0 = repeats are taken
 * @property {"text" | "refuse" | "hold"} links whether messages with a link are taken, or wait for a moderator
 * @property {boolean} holdAll whether all comments wait for a moderator; absent from a server of an earlier version
 * @property {number} delaySeconds for so many seconds only moderators see a comment; absent from a server of an earlier version
 * @property {"open" | "readOnly" | "ended"} state whether comments are taken at all
 */

/**
 * @typedef {object} ConnectionOptions
 * @property {(comment: import("../client.js").Comment) => void} onComment each comment, once, in order
 * @property {(removed: import("./removals.js").Removed) => void} [onRemoved] comments were taken back: show none of them any more, see
 *   {@link removes}. Some of them may never have come.
 * @property {(gap: Gap) => void} [onGap] comments between its ends are not coming: read them with `pageBack` where they matter. What was
 *   removed in between is not to be shown any more, nor is what lies in between already, such as a post of one's own: the history has
 *   it, if it is still there. What comes next is the backlog.
 * @property {(settings: Settings) => void} [onSettings] who may post what, at first and whenever it changes. It is not called as long as
 *   nobody has ever changed it: then everybody may post.
 * @property {(comment: import("../client.js").Comment | null) => void} [onPin] which comment moderators have pinned, at first and whenever
 *   that changes; null where none is any more, also because it was removed. It is not called as long as none ever was
 * @property {() => void} [onEnded] the live video is over: no comments come any more, and it does not connect again. What has come stays,
 *   and the history can be read. `onState` is told `ended` as well. Where a video was opened again, `connect` follows it anew.
 * @property {(state: ConnectionState) => void} [onState]
 * @property {string} [after] resume right after this comment
 * @property {number} [backlog] how many comments come first where nothing is resumed, 0-200
 * @property {"staff" | "held"} [view] for moderators: `staff` has comments without their delay, `held` those that wait for a decision, each
 *   taken back when it is decided. A page that follows a view has a stream of its own. Edges have none: it is refused with `404` there
 * @property {import("./tokens.js").AskForToken} [token] gives the token of who uses the page, from now on for all of the video; see the
 *   option of the same name of `LiveVideo`
 */

/**
 * The comments as they come, as long as it is not closed. It reconnects by itself.
 *
 * The pages of one browser share one stream of a video. A page out of sight has none; back in sight, it goes on right after the
 * last comment that it has. A program without a page has a stream of its own.
 */
export class Connection {
  #source;

  /**
   * @param {string} url
   * @param {ConnectionOptions} options
   * @param {object} parts
   * @param {import("./server-clock.js").ServerClock} [parts.clock]
   * @param {import("./shared-stream.js").ReadPage} [parts.readPage]
   * @param {(url: URL, init: RequestInit) => Promise<Response>} [parts.fetch]
   * @param {import("./removals.js").KnownRemovals} [parts.removals]
   */
  constructor(url, options, { clock, readPage, fetch, removals } = {}) {
    /** Each stream begins with the settings. */
    let settings = "";
    /** @type {import("../client.js").Comment | null} */
    let pinned = null;
    /** @param {import("../client.js").Comment | null} comment */
    const pin = comment => {
      if (comment?.id === pinned?.id) return;
      pinned = comment;
      options.onPin?.(comment);
    };
    /** @param {import("./removals.js").Removed} removed */
    const remove = removed => {
      options.onRemoved?.(removed);
      if (pinned && removes(removed, pinned)) pin(null);
    };
    const own = {
      after: options.after,
      backlog: options.backlog,
      clock,
      fetch,
      /** @param {ConnectionState} state */
      onState: state => {
        guard(() => options.onState?.(state));
        if (state.status === "ended") guard(() => options.onEnded?.());
      },
      /** @param {import("./stream.js").StreamEvent[]} events */
      onEvents: events => events.forEach(event => guard(() => {
        if ("comment" in event) {
          options.onComment(event.comment);
        } else if ("removal" in event) {
          removals?.add(event.removal);
          remove(event.removal.removed);
        } else if ("early" in event) {
          removals?.add(event.early);
          remove(event.early.removed);
        } else if ("gap" in event) {
          removals?.skip(event.gap);
          options.onGap?.(event.gap);
        } else if ("toldFrom" in event) {
          removals?.begin(event.toldFrom, event.removals);
        } else if ("pin" in event) {
          pin(event.pin);
        } else if ("settings" in event && settings !== (settings = JSON.stringify(event.settings))) {
          options.onSettings?.(event.settings);
        }
      })),
    };
    if (options.after) removals?.begin(options.after);
    this.#source = globalThis.document && readPage ? new SharedStream(url, { ...own, readPage }) : new Stream(url, own);
  }

  /** Ends it for good. */
  close() {
    this.#source.close();
  }

  /**
   * Tries at once where it waits for its next try; where it is connected, it makes sure that it still is. A page needs not call it
   * when it comes back into view: it does that by itself.
   */
  retryNow() {
    this.#source.wake();
  }
}
