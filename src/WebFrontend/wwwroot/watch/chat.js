import { compareIds } from "/client.js";
import { Announcer } from "./announcer.js";
import { CommentList } from "./comment-list.js";
import { Composer } from "./composer.js";
import { ConnectionStatus } from "./connection-status.js";
import { Outbox } from "./outbox.js";
import { TabMemory } from "./memory.js";
import { modesFor } from "./modes.js";
import { Pinned } from "./pinned.js";
import { followHeld } from "./held.js";
import { explain } from "./refusal.js";
import { Sampler } from "./sampler.js";
import { Timeline } from "./timeline.js";

/** How many comments are asked for at a time when paging back. */
const PageSize = 100;

/** How many pages of a gap are filled unasked. What is left stays a divider: after a long absence nobody reads it all. */
const GapPages = 4;

/** The backlog after a connect is not read out, in milliseconds. */
const QuietTime = 1_500;

/** After which quiet time the newest comment is shown, also where it was passed over, in milliseconds. */
const NewestTime = 500;

/**
 * What another page does with the chat.
 * @typedef {object} ChatHooks
 * @property {"staff"} [view] what of the video it shows
 * @property {number} [backlog]
 * @property {(row: HTMLElement, comment: import("/client.js").Comment) => void} [onRow] the row of a comment was made
 * @property {(comment: import("/client.js").Comment) => void} [onComment] one came
 * @property {(removed: import("/client.js").Removed) => void} [onRemoved]
 * @property {(settings: import("/client.js").Settings) => void} [onSettings]
 * @property {(comment: import("/client.js").Comment | null) => void} [onPin]
 * @property {() => void} [onUnpin] a moderator takes the pinned comment off
 * @property {(state: import("/client.js").ConnectionState) => void} [onState]
 * @property {() => void} [onLatest] one goes to the newest comment by the button
 */

/** One live video's comments, and the box to write in: puts the parts together. */
export class Chat {
  #video;
  #person;
  #timeline = new Timeline();
  #outbox;
  #list;
  #announcer;
  #pinned;
  #composer;
  #sampler = new Sampler();
  #newestTimer;
  #sample;
  #toLatest;
  #empty;
  #connection;
  /** An overlay has none. @type {ConnectionStatus | null | undefined} */
  #status;
  /** Whether the connection will not come back by itself. */
  #ended = false;
  #quietUntil = 0;
  /** Whether a stream has begun that resumes nothing: what was before its first comment is unknown. */
  #fresh = true;
  /** What was removed before this entry is not told one by one. */
  #toldFrom = "0";
  #hooks;
  #view;

  /**
   * @param {HTMLElement} root
   * @param {import("/client.js").LiveVideo} video
   * @param {Pick<import("./person.js").Person, "wrote" | "rememberAuthorId" | "moderates" | "isGuest">} person who uses the page
   * @param {ChatHooks} [hooks]
   */
  constructor(root, video, person, hooks = {}) {
    this.#hooks = hooks;
    this.#view = hooks.view;
    const memory = new TabMemory(video.id);
    this.#video = video;
    this.#person = person;
    this.#outbox = new Outbox(memory, () => video.now());
    this.#empty = root.querySelector(".log-empty");
    this.#sample = root.querySelector(".sample");
    this.#announcer = new Announcer(root.querySelector(".announcer"));
    this.#pinned = new Pinned(root.querySelector(".pinned"), { onGo: id => this.#goTo(id), onUnpin: hooks.onUnpin });
    const form = root.querySelector(".composer");
    // Who may only read has none.
    if (form) this.#composer = new Composer(form, memory, draft => this.#send(draft));
    this.#list = new CommentList(root.querySelector(".log"), this.#timeline, this.#outbox, {
      onLoad: hole => this.#load(hole, 1),
      onDraw: view => this.#showView(view),
      onRow: hooks.onRow,
      onDelete: (comment, row) => this.#delete(comment, row),
      onReply: form ? comment => this.#composer.replyTo(comment) : undefined,
      onGo: id => this.#goTo(id),
      isOwn: comment => person.wrote(comment),
      now: () => video.now(),
    });
    // A busy second may be followed by one without a drawing.
    this.#toLatest = root.querySelector(".to-latest");
    setInterval(() => this.#showSample(this.#toLatest.hidden), 1_000);
    this.#toLatest.addEventListener("click", () => this.#goToLatest(root));

    const connection = root.querySelector(".connection");
    this.#status = connection && new ConnectionStatus(connection, () => this.reconnect());
    this.#connect();
    if (form) this.#recallOutbox();
  }

  /** Whether what moderators alone may see is shown. */
  get isStaff() {
    return this.#view === "staff";
  }

  /** Whether the newest comment is kept in view. */
  get isFollowing() {
    return this.#list.isFollowing;
  }

  /** All comments that are there, oldest first. */
  get comments() {
    return this.#timeline.slice(0).map(({ comment }) => comment);
  }

  /** Holds the list still, or lets it follow again. @param {boolean} pinned */
  pin(pinned) {
    this.#list.pin(pinned);
  }

  /** Goes to the newest comment, and stays with it. */
  followLatest() {
    this.#list.followLatest();
  }

  /** Takes comments out. @param {import("/client.js").Removed} removed */
  takeOut(removed) {
    this.#remove(removed);
  }

  /** Connects anew where it has ended, and at once where it waits. */
  reconnect() {
    if (this.#ended) this.#connect();
    else this.#connection.retryNow();
  }

  #connect() {
    this.#ended = false;
    this.#connection = this.#video.connect({
      view: this.#view,
      backlog: this.#hooks.backlog,
      onComment: comment => this.#receive(comment),
      onRemoved: removed => this.#remove(removed),
      onGap: gap => this.#skip(gap),
      onSettings: settings => {
        this.#composer?.obey(modesFor(settings, this.#person));
        this.#hooks.onSettings?.(settings);
      },
      onPin: comment => {
        this.#pinned.show(comment);
        this.#hooks.onPin?.(comment);
      },
      onState: state => this.#stateChanged(state),
    });
  }

  #stateChanged(state) {
    const { status, resumedAfter, problem } = state;
    const isOver = status === "ended";
    this.#ended = isOver || status === "refused" && state.retryAt === undefined;
    if (this.#ended && problem && this.#view && (problem.status === 400 || problem.status === 404)) {
      // An edge, or a server of an earlier version: what everybody sees is better than nothing.
      this.#view = undefined;
      return this.#connect();
    }
    this.#status?.show(state);
    this.#hooks.onState?.(state);
    if (isOver) this.#showEnd();
    if (status !== "live") return;
    this.#quietUntil = performance.now() + QuietTime;
    if (!resumedAfter) this.#fresh = true;
    this.#list.invalidate();
  }

  /** Who comes when the video is over gets no stream, and so no comments by it. */
  async #showEnd() {
    this.#composer?.obey(modesFor({ state: "ended" }, this.#person));
    if (!this.#fresh) return;
    const page = await this.#video.pageBack({ limit: PageSize }).catch(() => undefined);
    if (!page || !this.#ended || !this.#fresh) return;
    this.#quietUntil = Infinity;
    for (const comment of page.comments.reverse()) this.#receive(comment);
  }

  #receive(comment) {
    const now = performance.now();
    const own = this.#list.isOwn(comment);
    if (!own && this.#outbox.hold(comment)) return;
    const live = now > this.#quietUntil;
    if (live && !own) this.#announcer.add(comment);

    if (this.#fresh) this.#forget(null, comment.id);
    this.#fresh = false;
    const entry = this.#timeline.add(comment);
    this.#hooks.onComment?.(comment);
    if (live && !own && !entry.hole) this.#sampleOut(entry, now);
    this.#list.invalidate();
  }

  /**
   * Passes a comment over if too many come to be read, but not for long if it stays the newest.
   * @param {import("./timeline.js").Entry} entry
   */
  #sampleOut(entry, now) {
    clearTimeout(this.#newestTimer);
    entry.sampledOut = !this.#sampler.admit(now);
    if (!entry.sampledOut) return;
    this.#newestTimer = setTimeout(() => {
      entry.sampledOut = false;
      this.#list.invalidate();
    }, NewestTime);
  }

  /** @param {import("/client.js").Removed} removed */
  #remove(removed) {
    this.#announcer.remove(removed);
    this.#outbox.drop(removed);
    this.#composer?.drop(removed);
    this.#timeline.remove(removed);
    this.#hooks.onRemoved?.(removed);
    this.#list.invalidate();
  }

  /** @param {import("/client.js").Gap} gap */
  #skip({ after, before, removed, reset }) {
    if (removed) this.#remove({ ids: removed });
    // Any of it may have been.
    if (reset) this.#remove({ from: "0", to: before });
    const hole = this.#forget(reset ? null : after, before);
    if (!reset) this.#load(hole, GapPages);
    this.#list.invalidate();
  }

  /** What lies between is not known, and nobody tells what of it was removed: the history does. */
  #forget(after, before) {
    this.#toldFrom = before;
    return this.#timeline.skip(after, before);
  }

  /** Takes back a comment of the viewer's. */
  async #delete(comment, row) {
    try {
      await this.#video.remove(comment.id);
      this.#remove({ ids: [comment.id] });
    } catch (problem) {
      row.refuse(`Not deleted. ${explain(problem)}`);
    }
  }

  /**
   * Loads what is missing, at most so many pages of it.
   * @param {import("./timeline.js").Hole} hole
   * @param {number} pages
   */
  async #load(hole, pages) {
    if (hole.state === "loading") return;
    hole.state = "loading";
    this.#list.invalidate();
    try {
      const page = await this.#video.pageBack({ before: hole.before, limit: PageSize, staff: this.isStaff });
      const rest = this.#timeline.fill(hole, page);
      // A page may be empty though there are older ones: what it had was removed.
      if (rest && (pages > 1 || page.comments.length === 0)) await this.#load(rest, Math.max(pages - 1, 1));
    } catch {
      hole.state = "failed";
    }
    this.#list.invalidate();
  }

  /** Goes to a comment, once it is here. @param {string} id */
  async #goTo(id) {
    const hole = this.#timeline.holeAt(id);
    if (hole) await this.#load(hole, GapPages);
    if (this.#timeline.find(id)) this.#list.goTo(id);
  }

  async #send(draft) {
    const post = this.#outbox.add(draft);
    this.#list.followLatest();
    try {
      const comment = await this.#video.post({ ...draft, replyTo: draft.parent?.id }, { idempotencyKey: draft.key });
      this.#composer.pause();
      if ("heldId" in comment) {
        this.#outbox.wait(post, "It waits for a moderator.");
        followHeld(this.#video, comment, outcome => this.#decided(post, outcome));
        return;
      }
      this.#outbox.remove(post);
      this.#person.rememberAuthorId(comment.authorId);
      this.#list.markOwn(comment.id);
      // It may have been removed before the answer came. Of what is in a gap the history knows.
      if (!this.#video.isRemoved(comment) && compareIds(comment.id, this.#toldFrom) >= 0) this.#timeline.add(comment);
    } catch (problem) {
      this.#notSent(post, problem);
    }
    // Those that were another's after all.
    this.#outbox.release().forEach(comment => this.#receive(comment));
    this.#list.invalidate();
  }

  /** What a moderator has decided on. @param {import("/client.js").Held} outcome */
  #decided(post, { status, id }) {
    if (status === "published") {
      this.#outbox.remove(post);
      this.#list.markOwn(id);
      // The stream may have brought it already.
      this.#outbox.release().forEach(comment => this.#receive(comment));
    } else {
      this.#outbox.end(post, status === "refused" ? "A moderator did not let it through." : "No moderator has seen it in time.", () => {
        this.#outbox.remove(post);
        this.#list.invalidate();
      });
    }
    this.#list.invalidate();
  }

  #notSent(post, problem) {
    if (problem.type?.endsWith(":slow-mode")) this.#composer.pause(problem.retryAfter);
    else if (problem.retryAfter) this.#composer.holdUntil(Date.now() + problem.retryAfter * 1_000);
    const reason = explain(problem);
    // Without the server's own word it is not known whether the comment was taken. It stays as it is: tried again, it is not
    // published twice.
    const unknown = problem.status === 0 || (problem.status >= 500 && problem.type === "about:blank");
    if (!unknown && this.#composer.takeBack(post.draft, reason)) this.#outbox.remove(post);
    else this.#keepFailed(post, `Not sent. ${reason}`);
  }

  #keepFailed(post, reason) {
    const leave = () => {
      this.#outbox.remove(post);
      this.#list.invalidate();
      this.#composer.focus();
    };
    this.#outbox.fail(post, reason, {
      onRetry: () => {
        leave();
        this.#send(post.draft);
      },
      onDiscard: leave,
    });
  }

  /** What was under way or had failed when the page was left. */
  #recallOutbox() {
    for (const draft of this.#outbox.recall()) this.#keepFailed(this.#outbox.add(draft), "The page was left before it was sent.");
    this.#list.invalidate();
  }

  #goToLatest(root) {
    this.#hooks.onLatest?.();
    this.#list.followLatest();
    root.querySelector(".log").focus({ preventScroll: true });
  }

  #showView({ following, paused, unseen }) {
    const news = `${unseen.toLocaleString("en")} new ${unseen === 1 ? "comment" : "comments"}`;
    // A pointer that passes over a quiet log pauses nothing that one would have to be told of.
    this.#toLatest.hidden = following || (paused && unseen === 0);
    this.#toLatest.textContent = unseen > 0 ? news : "Latest comments";
    this.#toLatest.classList.toggle("unseen", unseen > 0);
    this.#toLatest.classList.toggle("paused", paused);
    this.#showSample(following);
    this.#empty.hidden = this.#timeline.length + this.#outbox.rows.length > 0 || this.#timeline.end !== null;
  }

  #showSample(following) {
    const { shown, of } = this.#sampler.lastSecond(performance.now());
    this.#sample.hidden = !following || shown === of;
    this.#sample.textContent = `Showing ${shown} of ${of.toLocaleString("en")} a second`;
  }
}
