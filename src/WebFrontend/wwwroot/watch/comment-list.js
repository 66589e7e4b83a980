import { boundHeights, createCommentRow, offerDeletion, offerReply, refreshTimes } from "./comment-row.js";
import { element } from "./element.js";
import { HoleRow } from "./hole-row.js";
import { Quote } from "./quote.js";
import { RowKeys } from "./row-keys.js";
import { ScrollPosition } from "./scroll-position.js";
import { slideIn } from "./slide-in.js";
import { TimelineWindow, WindowMargin } from "./timeline-window.js";

/** How often relative times are brought up to date, in milliseconds. */
const TimesInterval = 5_000;

/** Where the browser gives no frame by then, it is drawn without one: the page lies behind another, but is not hidden. Milliseconds. */
const LatestFrame = 100;

/** New comments glide in unless they fill more than this part of the log at once. */
const LargestSlide = 0.5;

/** Draws a window of the timeline, once per animation frame however much has changed. */
export class CommentList {
  #log;
  #list;
  #timeline;
  #outbox;
  #handlers;
  #position;
  #window = new TimelineWindow();
  #beginning = element("li", "beginning", "This is where the comments begin.");
  #expired = element("li", "beginning", "Comments before these are no longer kept.");
  #rows = new Map();
  #holeRows = new Map();
  /** Of the rows of replies. @type {WeakMap<HTMLElement, Quote>} */
  #quotes = new WeakMap();
  #keys;
  /** The comment that is to be gone to with the next drawing. @type {string | undefined} */
  #target;
  #start;
  #startReached;
  #ownIds = new Set();
  #seenId = "0";
  #wasFollowing = true;
  #frame;
  #frameTimer;

  /**
   * @param {HTMLElement} log the scrolling element
   * @param {import("./timeline.js").Timeline} timeline
   * @param {import("./outbox.js").Outbox} outbox is shown after the newest comment
   * @param {object} handlers
   * @param {(hole: import("./timeline.js").Hole) => void} handlers.onLoad what is missing there is wanted
   * @param {(view: { following: boolean, paused: boolean, unseen: number }) => void} handlers.onDraw after each drawing
   * @param {(comment: import("/client.js").Comment) => boolean} handlers.isOwn whether the viewer is the author
   * @param {() => number} handlers.now the server's time
   * @param {(comment: import("/client.js").Comment, row: { refuse: (reason: string) => void }) => void} handlers.onDelete the viewer takes
   *   back a comment
   * @param {(comment: import("/client.js").Comment) => void} [handlers.onReply] the viewer wants to answer a comment
   * @param {(id: string) => void} handlers.onGo the viewer wants to see a comment that is quoted
   * @param {(row: HTMLElement, comment: import("/client.js").Comment) => void} [handlers.onRow] a row was made
   */
  constructor(log, timeline, outbox, handlers) {
    this.#log = log;
    this.#list = log.querySelector(".comments");
    this.#keys = new RowKeys(this.#list);
    this.#timeline = timeline;
    this.#outbox = outbox;
    this.#handlers = handlers;
    this.#position = new ScrollPosition(log, () => this.#moved());
    // Without it, one asks for earlier comments by their button.
    this.#startReached = globalThis.IntersectionObserver && new IntersectionObserver(
      ([{ isIntersecting }]) => isIntersecting && this.#loadEarlier(),
      { root: log, rootMargin: `${WindowMargin}px 0px 0px` });
    setInterval(() => refreshTimes(this.#list, handlers.now()), TimesInterval);
    // What a hidden tab put off to its next frame: if it is in a frame out of sight, there is none either when the tab is shown.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#frame) this.#drawNow();
    });
  }

  /** Draws with the next frame. To be called after any change of the timeline or the outbox. */
  invalidate() {
    // A hidden tab has no frames, nor has an embedded page that is scrolled out of sight, though that one is not hidden. But their
    // timelines must be kept in bounds all the same.
    if (this.#timeline.isFull) this.#window.stay(this.#timeline, this.#position);
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => this.#drawNow());
    this.#frameTimer = document.hidden ? undefined : setTimeout(() => this.#drawNow(), LatestFrame);
  }

  /** Whether what is newest is kept in view. */
  get isFollowing() {
    return this.#position.following;
  }

  /** Goes to the newest comment and stays with it. */
  followLatest() {
    this.#position.follow();
    this.#wasFollowing = true;
    this.invalidate();
  }

  /** Goes to a comment that is there. @param {string} id */
  goTo(id) {
    this.#position.stay();
    this.#target = id;
    this.#moved();
    this.invalidate();
  }

  /** Holds still, or does not any more. @param {boolean} pinned */
  pin(pinned) {
    this.#position.pin(pinned);
    this.#moved();
    this.invalidate();
  }

  /** Marks a comment as written by the viewer. */
  markOwn(id) {
    this.#ownIds.add(id);
    // Drawn anew, with what only its author is offered.
    this.#rows.delete(id);
  }

  /** @param {import("/client.js").Comment} comment */
  isOwn(comment) {
    return this.#ownIds.has(comment.id) || this.#handlers.isOwn(comment);
  }

  #moved() {
    this.#position.update(this.#window.to === this.#timeline.length);
    const { following } = this.#position;
    if (this.#wasFollowing && !following) this.#seenId = this.#timeline.newestId;
    if (this.#wasFollowing !== following || this.#window.isAtEdge(this.#timeline, this.#position)) this.invalidate();
    this.#wasFollowing = following;
  }

  #drawNow() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#frameTimer);
    this.#frame = undefined;
    this.#draw();
  }

  #draw() {
    const { following, paused } = this.#position;
    this.#window.move(this.#timeline, this.#position);
    if (this.#target) this.#window.showAround(this.#timeline, this.#target);

    const known = new Set(this.#list.children);
    const distance = this.#position.hold(() => {
      this.#place(this.#nodes());
      boundHeights([...this.#list.children].filter(node => !known.has(node)), () => this.#read());
    });
    if (following && distance > 0 && distance < this.#log.clientHeight * LargestSlide) {
      slideIn(this.#list, distance, [...this.#list.children].filter(node => !known.has(node)));
    }
    this.#watchStart();
    this.#keys.update();
    if (this.#target) this.#pointAt(this.#rows.get(this.#target));
    this.#target = undefined;

    const unseen = following ? 0 : this.#timeline.countAfter(this.#seenId);
    this.#handlers.onDraw({ following, paused, unseen });
  }

  /** What is to be in the list, in order. */
  #nodes() {
    const { from, to } = this.#window;
    const rows = this.#rows;
    const holeRows = this.#holeRows;
    this.#rows = new Map();
    this.#holeRows = new Map();
    const holeRow = (hole, earlier) => {
      const row = holeRows.get(hole) ?? new HoleRow(wanted => this.#load(wanted));
      row.update(hole, earlier);
      this.#holeRows.set(hole, row);
      return row.element;
    };

    const start = this.#timeline.hasExpired ? this.#expired : this.#beginning;
    const nodes = from === 0 && this.#timeline.startsAtBeginning ? [start] : [];
    const { following } = this.#position;
    this.#timeline.slice(from, to).forEach((entry, index) => {
      const { id } = entry.comment;
      if (following && entry.sampledOut && !entry.hole) return;
      if (entry.hole) nodes.push(holeRow(entry.hole, from + index === 0));
      const row = rows.get(id) ?? this.#createRow(entry.comment);
      this.#rows.set(id, row);
      this.#quotes.get(row)?.update(this.#timeline);
      nodes.push(row);
    });
    const { end, length } = this.#timeline;
    if (end && to === length) nodes.push(holeRow(end, length === 0));
    return nodes.concat(this.#outbox.rows);
  }

  #createRow(comment) {
    const own = this.isOwn(comment);
    const row = createCommentRow(comment, own, this.#handlers.now());
    // Without a token nobody can tell whose it is.
    if (own && comment.authorId) offerDeletion(row, refuse => this.#handlers.onDelete(comment, { refuse }));
    if (comment.replyTo) {
      const quote = new Quote(comment.replyTo, this.#handlers.onGo);
      this.#quotes.set(row, quote);
      row.querySelector(".message").before(quote.element);
    }
    if (this.#handlers.onReply) offerReply(row, comment, this.#handlers.onReply);
    this.#handlers.onRow?.(row, comment);
    return row;
  }

  /** @param {HTMLElement | undefined} row */
  #pointAt(row) {
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    // It begins anew where it was pointed at before.
    row.classList.remove("pointed-at");
    requestAnimationFrame(() => row.classList.add("pointed-at"));
  }

  /** Makes the list hold these nodes, touching none that is in its place already. */
  #place(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.#list.children]) {
      if (wanted.has(child)) continue;
      // The keyboard's focus would go with it.
      if (child.contains(document.activeElement)) this.#log.focus({ preventScroll: true });
      child.remove();
    }
    let next = this.#list.firstElementChild;
    for (const node of nodes) {
      if (node === next) next = next.nextElementSibling;
      else this.#list.insertBefore(node, next);
    }
  }

  /** Loads earlier comments when the start of what is known comes near. */
  #watchStart() {
    const start = this.#holeRows.get(this.#timeline.start)?.element;
    if (start === this.#start) return;
    this.#start = start;
    this.#startReached?.disconnect();
    if (start) this.#startReached?.observe(start);
  }

  /** Stays where one reads a long comment. */
  #read() {
    this.#position.stay();
    this.#moved();
  }

  #load(hole) {
    // The button is about to go, and would take the keyboard's focus with it.
    this.#log.focus({ preventScroll: true });
    this.#handlers.onLoad(hole);
  }

  #loadEarlier() {
    const { start } = this.#timeline;
    // Not after a failure: that is for the viewer to try again.
    if (start?.state === "open") this.#handlers.onLoad(start);
  }
}
