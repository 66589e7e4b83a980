import { compareIds } from "./ids.js";
import { watchPresence } from "./page-presence.js";
import { ProblemError } from "./problem.js";
import { RecentComments } from "./recent-comments.js";
import { removes } from "./removals.js";
import { StreamSlots } from "./stream-slots.js";
import { Stream } from "./stream.js";

/** How many comments come first where a page does not say. */
const DefaultBacklog = 50;

/** The most comments of the history that are read for a page that has missed some. */
const LargestPage = 200;

/** How often a page in sight makes sure that its leader lives, and how long that may say nothing, in milliseconds. */
const LeaderCheck = 1_000;
const LeaderSilence = 3_000;

/** After this time a page asks again that could not read what it missed, in milliseconds. */
const AskAgain = 2_000;

/**
 * @typedef {(page: { before?: string | undefined, limit: number }) => Promise<{
 *   comments: import("../client.js").Comment[], nextCursor: string | null, asOf?: string,
 *   removals?: import("./removals.js").Removal[], lastRemoval?: string }>} ReadPage with the removals of its stretch, newest first
 */
/** @typedef {import("./connection.js").ConnectionState} ConnectionState */
/** @typedef {import("./stream.js").StreamEvent} StreamEvent */

/**
 * What a leader knows, for a page that joins.
 * @typedef {object} Welcome
 * @property {ConnectionState} state
 * @property {RecentComments["all"]} comments
 * @property {RecentComments["removals"]} removals
 * @property {string | undefined} follows the entry that the first of them comes right after, where that is known
 * @property {string | undefined} last the last of them
 * @property {import("./connection.js").Settings | undefined} settings
 * @property {import("../client.js").Comment | null | undefined} pin
 * @property {import("./removals.js").Removal[]} [early] removals whose places come later; a page of an earlier version tells none
 * @property {number} offset of the server's clock
 */

/**
 * The pages of one browser that follow a video share one stream. One of them leads: it has the Web Lock of the video, reads the
 * stream, and passes everything on through a BroadcastChannel. Every entry names the one that it follows, so a page that
 * missed something knows, and asks the leader or the history for it. When the leader goes, the browser gives the lock to the
 * next page in sight, which goes on right after the last comment that it has. A leader that does not answer is relieved of the lock.
 *
 * A page out of sight does not lead. Where these interfaces are missing, each page in sight has a stream of its own.
 */
export class SharedStream {
  #url;
  #options;
  #locks = globalThis.BroadcastChannel && globalThis.navigator?.locks;
  #slots;
  #name;
  #id = Math.random();
  #lastId;
  /** @type {import("./connection.js").Settings | undefined} */
  #settings;
  /** The pinned comment; null where none is any more, undefined where none ever was. @type {import("../client.js").Comment | null | undefined} */
  #pin;
  /** Removals whose places have not come yet. @type {import("./removals.js").Removal[]} */
  #early = [];
  #recent = new RecentComments();
  /** @type {ConnectionState | undefined} */
  #state;
  #closing = new AbortController();
  /** @type {import("./page-presence.js").Presence} */
  #presence = "gone";
  /** @type {BroadcastChannel | undefined} */
  #channel;
  /** Ends the present wish to lead, and the leading. @type {AbortController | undefined} */
  #term;
  /** @type {Stream | undefined} */
  #stream;
  /** Its term, while it leads. @type {AbortController | undefined} */
  #leader;
  /** Whether a stream has begun that would have brought a backlog. */
  #served = false;
  /** Whether what comes next comes after a gap. */
  #holed = false;
  /** Whether it has all that the leader has passed on. */
  #synced = false;
  #heardAt = Date.now();
  #checkedAt = Date.now();
  /** What a page does as a follower, one thing after the other. @type {Promise<void>} */
  #work = Promise.resolve();

  /**
   * @param {string} url
   * @param {import("./stream.js").StreamOptions & { readPage: ReadPage }} options
   */
  constructor(url, options) {
    this.#url = url;
    this.#options = options;
    this.#lastId = options.after;
    this.#slots = new StreamSlots(new URL(url).origin, this.#locks);
    this.#name = `livecomments 5 ${url}`;
    const { signal } = this.#closing;
    this.#show({ status: "connecting" });
    const check = setInterval(() => this.#checkLeader(), LeaderCheck);
    signal.addEventListener("abort", () => clearInterval(check));
    watchPresence({ onChange: presence => this.#be(presence), onReturn: () => this.#return() }, signal);
  }

  /** Ends it for good. */
  close() {
    if (this.#closing.signal.aborted) return;
    this.#end();
    this.#show({ status: "closed" });
  }

  /** See {@link Stream.wake}. */
  wake() {
    if (this.#leader) this.#stream?.wake();
    else this.#send({ type: "wake" });
  }

  #return() {
    this.#be("here");
    this.wake();
  }

  #end() {
    this.#closing.abort();
    this.#be("gone");
  }

  /** @param {import("./page-presence.js").Presence} presence */
  #be(presence) {
    this.#presence = presence;
    if (presence === "gone") {
      this.#channel?.close();
      this.#channel = undefined;
      this.#synced = false;
    } else if (!this.#channel && this.#locks) {
      this.#channel = new BroadcastChannel(this.#name);
      this.#channel.onmessage = ({ data }) => this.#receive(data);
      this.#heardAt = Date.now();
      this.#join();
    }

    if (presence !== "here") this.#stepBack();
    else if (!this.#term) this.#stand();
  }

  /** Waits for the lead. */
  #stand(steal = false) {
    const term = new AbortController();
    this.#term = term;
    if (!this.#locks) {
      this.#lead(term);
      return;
    }
    this.#locks.request(this.#name, steal ? { steal } : { signal: term.signal }, () => this.#lead(term)).catch(error => {
      if (this.#term !== term) return;
      // Locks are forbidden here: everybody leads.
      if (error.name !== "AbortError") {
        this.#lead(term);
        return;
      }
      // Another has taken it, since this page did not answer.
      this.#stepBack();
      if (this.#presence === "here") this.#stand();
    });
  }

  #stepBack() {
    this.#term?.abort();
    this.#term = undefined;
  }

  /**
   * Leads until its term ends.
   * @param {AbortController} term
   */
  async #lead(term) {
    const { signal } = term;
    if (signal.aborted) return;
    const ended = new Promise(resolve => signal.addEventListener("abort", resolve));
    this.#leader = term;
    this.#send({ type: "leader" });
    // What it was about to catch up with comes first.
    await this.#work;
    if (!signal.aborted) this.#stream = this.#open(signal);
    await ended;
    if (this.#leader !== term) return;
    this.#leader = undefined;
    this.#stream = undefined;
    this.#heardAt = Date.now();
    this.#join();
  }

  /** @param {AbortSignal} signal */
  #open(signal) {
    const stream = new Stream(this.#url, {
      ...this.#options,
      // Where a stream had no backlog to give, there was none yet: whatever has come since is wanted.
      after: this.#lastId ?? (this.#served ? "0" : undefined),
      wasLive: this.#state?.status === "live",
      enter: waiting => this.#slots.enter(waiting, () => document.hidden ? this.#be("away") : stream.takeTurns()),
      onEvents: events => {
        if (signal.aborted) return;
        this.#pass(events);
        this.#send({ type: "events", events });
      },
      onState: state => signal.aborted || this.#changed(state),
    });
    signal.addEventListener("abort", () => stream.close());
    return stream;
  }

  /** @param {ConnectionState} state of the stream that it reads */
  #changed(state) {
    this.#served ||= state.status === "live" && this.#options.backlog !== 0;
    this.#show(state);
    this.#send({ type: "state", ...this.#tell() });
    if (isFinal(state)) this.#end();
  }

  /** Gives the page what comes next, and remembers it. @param {StreamEvent[]} events */
  #pass(events) {
    for (const event of events) {
      if ("gap" in event) {
        this.#recent.clear();
        this.#holed = true;
        continue;
      }
      if ("settings" in event) this.#settings = event.settings;
      if ("pin" in event) this.#pin = event.pin;
      if ("early" in event) {
        this.#early = [...this.#early.filter(({ id }) => id !== event.early.id), event.early];
        this.#recent.drop(event.early.removed);
        this.#unpin(event.early.removed);
      }
      if ("toldFrom" in event || "settings" in event || "pin" in event || "early" in event) continue;
      const follows = this.#holed ? undefined : event.follows;
      if ("removal" in event) {
        this.#early = this.#early.filter(({ id }) => compareIds(id, event.removal.id) > 0);
        this.#recent.remove(event.removal, follows);
        this.#unpin(event.removal.removed);
      } else if ("comment" in event) this.#recent.add(event.comment, follows);
      else this.#recent.pass(event.place, follows);
      this.#lastId = idOf(event);
      this.#holed = false;
    }
    this.#options.onEvents(events);
  }

  /** What was removed is told to nobody who joins. @param {import("./removals.js").Removed} removed */
  #unpin(removed) {
    if (this.#pin && removes(removed, this.#pin)) this.#pin = null;
  }

  /** @param {ConnectionState} state */
  #show(state) {
    this.#state = state;
    this.#options.onState(state);
  }

  /** @param {object} message */
  #send(message) {
    this.#channel?.postMessage({ from: this.#id, ...message });
  }

  #join() {
    this.#synced = false;
    this.#send({ type: "join" });
  }

  /** What a follower has to know. */
  #tell() {
    return { state: pack(this.#state), offset: this.#options.clock?.offset ?? 0 };
  }

  /** @param {any} message */
  #receive(message) {
    if (this.#leader) this.#answer(message);
    else if (message.to === undefined || message.to === this.#id) this.#hear(message);
  }

  /** As a leader. @param {{ type: string, from: number }} message */
  #answer({ type, from }) {
    if (type === "join") {
      const { all: comments, removals, follows, last } = this.#recent;
      const [settings, pin, early] = [this.#settings, this.#pin, this.#early];
      this.#send({ type: "welcome", to: from, ...this.#tell(), comments, removals, follows, last, settings, pin, early });
    } else if (type === "ping" || type === "wake") {
      this.#send({ type: "here" });
      if (type === "wake") this.#stream?.wake();
    }
  }

  /** As a follower. @param {any} message */
  #hear(message) {
    const { type } = message;
    if (type === "join" || type === "ping" || type === "wake") return;
    this.#heardAt = Date.now();
    if (type === "here") return;
    this.#work = this.#work.then(async () => {
      if (this.#closing.signal.aborted) return;
      if (type === "leader") this.#join();
      else if (type === "events") this.#follow(message.events);
      else if (type === "state") this.#follows(message);
      else if (type === "welcome") await this.#catchUp(message);
    });
  }

  /** Takes over the leader's state. @param {Welcome} message */
  #follows({ state: packed, offset }) {
    const state = unpack(packed);
    if (this.#options.clock) this.#options.clock.offset = offset;
    const known = this.#state?.status === "live" && (state.status === "live" || state.status === "connecting");
    if (!known) this.#show(state.status === "live" ? { status: "live", resumedAfter: this.#lastId } : state);
    if (isFinal(state)) this.#end();
    else if (state.status === "live" && !this.#synced) this.#join();
  }

  /** Takes what the leader passes on, as far as it comes right after what is here. @param {StreamEvent[]} events */
  #follow(events) {
    if (!this.#synced) return;
    for (const event of events) {
      const last = this.#lastId ?? "0";
      if ("settings" in event || "pin" in event || "early" in event) {
        this.#pass([event]);
      } else if ("gap" in event) {
        if (compareIds(event.gap.before, last) <= 0) continue;
        if (compareIds(event.gap.after, last) > 0) return this.#join();
        // What it names stood before its beginning. A page that has had more since may show others that were removed.
        const gap = event.gap.after === last ? event.gap : { after: last, before: event.gap.before, reset: /** @type {const} */ (true) };
        this.#pass([{ gap }]);
      } else if (!("toldFrom" in event) && compareIds(idOf(event), last) > 0) {
        if (event.follows === undefined || compareIds(event.follows, last) > 0) return this.#join();
        this.#pass([event]);
      }
    }
  }

  /** Takes what the leader has, and reads what is missing before that in the history. @param {Welcome} welcome */
  async #catchUp(welcome) {
    if (this.#synced) return;
    const { comments, removals, follows, settings, pin, early = [] } = welcome;
    if (settings) this.#pass([{ settings }]);
    if (pin !== undefined) this.#pass([{ pin }]);
    this.#pass(early.map(removal => ({ early: removal })));
    const live = welcome.state.status === "live";
    // Said before anything comes, and without joining again.
    this.#synced = true;
    this.#follows(welcome);
    this.#synced = false;
    const last = this.#lastId;
    const backlog = this.#options.backlog ?? DefaultBacklog;
    const start = follows ?? [...comments.slice(0, 1), ...removals.slice(0, 1)].map(({ id }) => id).sort(compareIds)[0];
    const newest = welcome.last ?? follows;
    // A page of the history, which may be older than what the leader has, is right only with this.
    if (start !== undefined) this.#options.onEvents([{ toldFrom: start, removals }]);

    let fresh = comments.filter(({ id }) => last === undefined || compareIds(id, last) > 0);
    if (last === undefined) fresh = fresh.slice(Math.max(fresh.length - backlog, 0));
    // Who shows nothing has nothing to take back.
    let taken = removals.filter(({ id }) => last !== undefined && compareIds(id, last) > 0);
    const covered = last === undefined
      ? newest !== undefined && fresh.length === backlog
      : start !== undefined && compareIds(start, last) <= 0 || newest !== undefined && compareIds(newest, last) <= 0;
    let place = newest;
    let whole = true;
    let untouched = true;
    if (!covered) {
      // A leader that is not connected says when it is.
      if (!live) return;
      const limit = last === undefined ? Math.max(backlog - fresh.length, 1) : LargestPage;
      const page = await this.#options.readPage({ before: comments[0]?.id, limit }).catch(() => undefined);
      if (!page) {
        setTimeout(() => this.#leader || this.#synced || this.#join(), AskAgain);
        return;
      }
      if (start === undefined && page.asOf !== undefined) this.#options.onEvents([{ toldFrom: page.asOf, removals: [] }]);
      place ??= [page.comments[0]?.id ?? "0", page.removals?.[0]?.id ?? "0"].sort(compareIds)[1];
      const older = page.comments.filter(({ id }) => last === undefined || compareIds(id, last) > 0);
      whole = older.length < page.comments.length || page.nextCursor === null
        || last !== undefined && compareIds(page.nextCursor, last) <= 0;
      if (last !== undefined) {
        // The leader may have passed on some that the page has as well.
        const known = new Set(taken.map(({ id }) => id));
        taken = [...taken, ...(page.removals ?? []).filter(({ id }) => compareIds(id, last) > 0 && !known.has(id))];
        untouched = page.lastRemoval !== undefined && compareIds(page.lastRemoval, last) <= 0;
      }
      if (backlog > 0 || last !== undefined) fresh = [...older.reverse(), ...fresh];
    }
    if (this.#closing.signal.aborted) return;

    const entries = [...fresh.map(comment => ({ comment })), ...taken.map(removal => ({ removal }))]
      .sort((one, other) => compareIds(idOf(one), idOf(other)));
    /** @type {StreamEvent[]} */
    const events = [];
    if (last !== undefined && !whole) {
      const gap = { after: last, before: entries[0] ? idOf(entries[0]) : newest ?? place ?? last };
      events.push({ gap: untouched ? gap : { ...gap, reset: true } });
    }
    entries.forEach((entry, index) => {
      const before = entries[index - 1];
      events.push({ ...entry, follows: before ? idOf(before) : last });
    });
    if (last === undefined) this.#recent.clear();
    if (events.length > 0) this.#pass(events);
    this.#lastId ??= place;
    // The leader's last entry may be one that this page has no use for.
    if (newest !== undefined && compareIds(newest, this.#lastId ?? "0") > 0) this.#lastId = newest;
    this.#synced = true;
  }

  /** A leader that says nothing is frozen, or worse: the lead is taken from it. */
  #checkLeader() {
    const now = Date.now();
    const late = now - this.#checkedAt - LeaderCheck;
    this.#checkedAt = now;
    if (this.#leader || !this.#channel || this.#presence !== "here") return;
    // It is this page that slept.
    if (late > LeaderCheck) this.#heardAt = now - LeaderCheck;

    const silence = now - this.#heardAt;
    if (silence >= LeaderSilence) {
      this.#heardAt = now;
      this.#stepBack();
      this.#stand(true);
    } else if (silence >= LeaderCheck) {
      this.#send({ type: "ping" });
    }
  }
}

/** @param {{ comment: { id: string } } | { removal: { id: string } } | { place: string }} entry */
const idOf = entry => "place" in entry ? entry.place : "removal" in entry ? entry.removal.id : entry.comment.id;

/** @param {ConnectionState} state */
const isFinal = ({ status, retryAt }) => status === "ended" || status === "refused" && retryAt === undefined;

/** As it goes through a channel, which knows no errors of our own. @param {ConnectionState | undefined} state */
function pack(state) {
  if (!state?.problem) return state;
  const { status, type, title, detail, errors, retryAfter } = state.problem;
  return { ...state, problem: { status, type, title, detail, errors, retryAfter } };
}

/** @param {any} state @returns {ConnectionState} */
function unpack(state) {
  const { problem } = state;
  return problem ? { ...state, problem: new ProblemError(problem.status, problem, { retryAfter: problem.retryAfter }) } : state;
}
