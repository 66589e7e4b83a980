import { Announcer } from "./announcer.js";
import { CommentList } from "./comment-list.js";
import { Composer } from "./composer.js";
import { ConnectionStatus } from "./connection-status.js";
import { Outbox } from "./outbox.js";
import { TabMemory } from "./memory.js";
import { explain } from "./refusal.js";
import { Sampler } from "./sampler.js";
import { Timeline } from "./timeline.js";

/** How many comments are asked for at a time when paging back. */
const PageSize = 100;

/** How many pages of a gap are filled unasked. What is left stays a divider: after a long absence nobody reads it all. */
const GapPages = 4;

/** The backlog after a connect is not read out, in milliseconds. */
const QuietTime = 1_500;

/** One live video's comments, and the box to write in: puts the parts together. */
export class Chat {
  #video;
  #timeline = new Timeline();
  #outbox;
  #list;
  #announcer;
  #composer;
  #sampler = new Sampler();
  #sample;
  #toLatest;
  #empty;
  #connection;
  #quietUntil = 0;
  #missing;

  /**
   * @param {HTMLElement} root
   * @param {import("/client.js").LiveVideo} video
   */
  constructor(root, video) {
    const memory = new TabMemory(video.id);
    this.#video = video;
    this.#outbox = new Outbox(memory, () => video.now());
    this.#empty = root.querySelector(".log-empty");
    this.#sample = root.querySelector(".sample");
    this.#announcer = new Announcer(root.querySelector(".announcer"));
    const form = root.querySelector(".composer");
    // Who may only read has none.
    if (form) this.#composer = new Composer(form, memory, draft => this.#send(draft));
    this.#list = new CommentList(root.querySelector(".log"), this.#timeline, this.#outbox, {
      onLoad: entry => this.#load(entry, 1),
      onDraw: view => this.#showView(view),
      onDelete: (comment, row) => this.#delete(comment, row),
      now: () => video.now(),
    });
    // A busy second may be followed by one without a drawing.
    this.#toLatest = root.querySelector(".to-latest");
    setInterval(() => this.#showSample(this.#toLatest.hidden), 1_000);
    this.#toLatest.addEventListener("click", () => this.#goToLatest(root));

    const connection = root.querySelector(".connection");
    // An overlay does not speak of its connection.
    const status = connection && new ConnectionStatus(connection, () => this.#connection.retryNow());
    this.#connection = video.connect({
      onComment: comment => this.#receive(comment),
      onRemoved: removed => this.#remove(removed),
      onGap: gap => this.#skip(gap),
      onState: state => {
        status?.show(state);
        this.#stateChanged(state);
      },
    });
    if (form) this.#recallOutbox();
  }

  #stateChanged({ status, resumedAfter }) {
    if (status !== "live") return;
    this.#quietUntil = performance.now() + QuietTime;
    // A stream that resumes nothing starts with a backlog: what was before it is unknown.
    if (!resumedAfter) this.#missing = { after: null };
    this.#list.invalidate();
  }

  #receive(comment) {
    const now = performance.now();
    const own = this.#list.isOwn(comment.id);
    if (!own && this.#outbox.hold(comment)) return;
    const live = now > this.#quietUntil;
    if (live && !own) this.#announcer.add(comment);

    if (this.#missing) {
      const entry = this.#timeline.addAfterHole(comment, this.#missing.after);
      if (entry.hole.after) this.#load(entry, GapPages);
      this.#missing = undefined;
    } else {
      const entry = this.#timeline.add(comment);
      if (live && !own) entry.sampledOut = !this.#sampler.admit(now);
    }
    this.#list.invalidate();
  }

  /** @param {import("/client.js").Removed} removed */
  #remove(removed) {
    this.#announcer.remove(removed);
    this.#outbox.drop(removed);
    const hole = this.#timeline.remove(removed);
    if (hole) this.#missing ??= { after: hole.after };
    this.#list.invalidate();
  }

  /** @param {import("/client.js").Gap} gap */
  #skip({ after, removed, reset }) {
    if (reset) this.#timeline.clear();
    else if (removed) this.#remove({ ids: removed });
    this.#missing = { after: reset ? null : after };
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

  /** Loads what is missing before an entry, at most so many pages of it. */
  async #load(entry, pages) {
    if (entry.hole.state === "loading") return;
    entry.hole.state = "loading";
    this.#list.invalidate();
    try {
      const page = await this.#video.pageBack({ before: entry.comment.id, limit: PageSize });
      const next = this.#timeline.fill(entry, page);
      if (next && pages > 1) this.#load(next, pages - 1);
    } catch {
      if (entry.hole) entry.hole.state = "failed";
    }
    this.#list.invalidate();
  }

  async #send(draft) {
    const post = this.#outbox.add(draft);
    this.#list.followLatest();
    try {
      const comment = await this.#video.post(draft, { idempotencyKey: draft.key });
      this.#outbox.remove(post);
      this.#list.markOwn(comment.id);
      // It may have been removed before the answer came.
      if (!this.#video.isRemoved(comment)) this.#timeline.add(comment);
    } catch (problem) {
      this.#notSent(post, problem);
    }
    // Those that were another's after all.
    this.#outbox.release().forEach(comment => this.#receive(comment));
    this.#list.invalidate();
  }

  #notSent(post, problem) {
    if (problem.retryAfter) this.#composer.holdUntil(Date.now() + problem.retryAfter * 1_000);
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
    this.#empty.hidden = this.#timeline.length + this.#outbox.rows.length > 0;
  }

  #showSample(following) {
    const { shown, of } = this.#sampler.lastSecond(performance.now());
    this.#sample.hidden = !following || shown === of;
    this.#sample.textContent = `Showing ${shown} of ${of.toLocaleString("en")} a second`;
  }
}
