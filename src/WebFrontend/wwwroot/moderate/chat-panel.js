import { removes } from "/client.js";
import { Chat } from "/watch/chat.js";
import { alikeTo } from "./alike.js";
import { Marks } from "./marks.js";
import { neighbour, Selection } from "./selection.js";

/** How long the list holds still after the last selected comment has gone, for who goes on from there, in milliseconds. */
const Rest = 3_000;

/** Where two comments came within this time the list counts as moving, in milliseconds. */
const Moving = 1_000;

/**
 * The chat in which comments can be selected. While one is, the list holds still, and the selection stays with its comments: when those go,
 * nothing is selected, so that no act falls on a neighbour.
 */
export class ChatPanel {
  #root;
  #log;
  #chat;
  #marks;
  #selection = new Selection();
  #onSelect;
  #rest;
  #onHold;
  /** When the last comment came, and the one before it. */
  #cameAt = -Infinity;
  #cameBefore = -Infinity;
  /** Whether the list moved as the finger came down, which holds it and does nothing more. */
  #holds = false;
  /** @type {WeakMap<HTMLElement, import("/client.js").Comment>} */
  #comments = new WeakMap();

  /**
   * @param {HTMLElement} root
   * @param {import("/client.js").LiveVideo} video
   * @param {import("/watch/chat.js").ChatHooks & { onSelect: (comments: import("/client.js").Comment[]) => void,
   *   onHold: () => void }} hooks onSelect is called with all that are selected, oldest first; onHold when a tap only holds the list
   */
  constructor(root, video, { onSelect, onHold, onComment, onRemoved, ...hooks }) {
    this.#root = root;
    this.#log = root.querySelector(".log");
    this.#marks = new Marks(this.#log, this.#comments);
    this.#onSelect = onSelect;
    this.#onHold = onHold;
    // What the list itself offers an author has no place here.
    const moderator = { moderates: true, isGuest: false, wrote: () => false, rememberAuthorId: () => {} };
    this.#chat = new Chat(root, video, moderator, {
      ...hooks,
      view: "staff",
      backlog: 200,
      onRow: (row, comment) => this.#rowMade(row, comment),
      onComment: comment => {
        [this.#cameBefore, this.#cameAt] = [this.#cameAt, performance.now()];
        onComment?.(comment);
      },
      onRemoved: removed => {
        this.#removed(removed);
        onRemoved?.(removed);
      },
      onLatest: () => this.selectNothing(),
    });
    this.#log.addEventListener("pointerdown", event => this.#touched(event));
    // It scrolls.
    this.#log.addEventListener("pointercancel", () => this.#holds && this.selectNothing());
    this.#log.addEventListener("click", event => this.#clicked(event));
    // A stretch of comments is meant, not of their text; and the row would have the focus, and be selected by it, before the click.
    this.#log.addEventListener(
      "mousedown", event => (this.#holds || event.shiftKey || event.ctrlKey || event.metaKey) && event.preventDefault());
    // By the tab key one comes to the row, which is selected already.
    this.#log.addEventListener("focusin", ({ target }) => {
      const comment = target.matches?.(".comment[data-id]") ? this.#comments.get(target) : undefined;
      if (comment && !this.#selection.has(comment.id)) this.#select(() => this.#selection.only(comment));
    });
  }

  /** The comments that acts fall on, oldest first. */
  get selected() {
    return this.#selection.all;
  }

  /** Whether it shows what moderators alone may see. */
  get isStaff() {
    return this.#chat.isStaff;
  }

  /**
   * Selects the neighbour, or the newest in sight.
   * @param {number} step -1 for the older one, 1 for the newer one
   * @param {boolean} [extend] whether the ones before stay selected
   */
  move(step, extend = false) {
    const rows = [...this.#log.querySelectorAll(".comment[data-id]")];
    const { bottom } = this.#log.getBoundingClientRect();
    const { place } = this.#selection;
    // Of those in sight where one begins. Who follows the newest has it in sight, or will with the next frame.
    const known = place === null && !this.#chat.isFollowing ? rows.filter(row => row.getBoundingClientRect().top < bottom - 8) : rows;
    const id = neighbour(known.map(row => row.dataset.id), place, step);
    const comment = this.#comments.get(rows.find(row => row.dataset.id === id));
    if (!comment) return;
    this.#select(() => extend ? this.#selection.extendTo(comment, this.#chat.comments) : this.#selection.only(comment));
  }

  /** Selects the newest comment in the document of who wrote this one. @param {import("/client.js").Comment} comment */
  selectLastOf({ authorId, author }) {
    const rows = [...this.#log.querySelectorAll(".comment[data-id]")];
    const last = rows.map(row => this.#comments.get(row))
      .findLast(other => authorId ? other?.authorId === authorId : other?.authorId === undefined && other?.author === author);
    if (last) this.#select(() => this.#selection.only(last));
    return last !== undefined;
  }

  /** Selects all that look like the one where one is, whoever wrote them; none of moderators and hosts. */
  selectAlike() {
    const { current } = this.#selection;
    if (!current) return;
    const isAlike = alikeTo(current);
    this.#select(() => this.#selection.add(this.#chat.comments.filter(comment => !comment.role && isAlike(comment))));
  }

  /** Selects nothing, and follows the newest again if that was in sight. */
  selectNothing() {
    clearTimeout(this.#rest);
    this.#selection.clear();
    this.#show();
    this.#chat.pin(false);
  }

  /** Goes to the newest. */
  followLatest() {
    this.selectNothing();
    this.#chat.followLatest();
    this.#log.focus({ preventScroll: true });
  }

  reconnect() {
    this.#chat.reconnect();
  }

  /** @param {import("/client.js").Removed} removed */
  takeOut(removed) {
    this.#chat.takeOut(removed);
  }

  /** @param {(comment: import("/client.js").Comment) => boolean} isGoing */
  strike(isGoing) {
    return this.#marks.strike(isGoing);
  }

  #clicked({ target, pointerType, shiftKey, ctrlKey, metaKey }) {
    const comment = this.#comments.get(target.closest(".comment[data-id]"));
    if (!comment || target.closest("button, a") || this.#holds) return;
    if (shiftKey && this.#selection.place !== null) {
      this.#select(() => this.#selection.extendTo(comment, this.#chat.comments));
    } else if (ctrlKey || metaKey) {
      this.#select(() => this.#selection.toggle(comment));
    } else if (pointerType === "touch" || getSelection()?.isCollapsed !== false) {
      this.#select(() => this.#selection.only(comment));
    }
  }

  /** @param {() => void} change */
  #select(change) {
    clearTimeout(this.#rest);
    this.#chat.pin(true);
    change();
    this.#show();
    const row = this.#rowOf(this.#selection.place);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    if (this.#selection.size === 0) this.selectNothing();
  }

  /** The list holds still under a pointer, but a finger has none: what it was aimed at may be gone from there. */
  #touched({ pointerType }) {
    this.#holds = pointerType === "touch" && this.#chat.isFollowing && performance.now() - this.#cameBefore < Moving;
    if (!this.#holds) return;
    this.#chat.pin(true);
    this.#onHold();
  }

  #rowOf(id) {
    return id === null ? null : this.#log.querySelector(`.comment[data-id="${id}"]`);
  }

  #show() {
    for (const row of this.#log.querySelectorAll(".comment[data-id]")) this.#draw(row);
    this.#root.classList.toggle("has-selection", this.#selection.size > 0);
    this.#onSelect(this.#selection.all);
  }

  #draw(row) {
    const { id } = row.dataset;
    const isCurrent = this.#selection.place === id && this.#selection.has(id);
    row.classList.toggle("selected", this.#selection.has(id));
    row.tabIndex = isCurrent ? 0 : -1;
    if (isCurrent) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  #rowMade(row, comment) {
    this.#comments.set(row, comment);
    this.#marks.draw(row);
    row.setAttribute("aria-label", `${comment.author}: ${comment.message}`);
    this.#draw(row);
  }

  #removed(removed) {
    if (!this.#selection.drop(comment => removes(removed, comment))) return;
    this.#show();
    if (this.#selection.size > 0) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.selectNothing(), Rest);
  }
}
