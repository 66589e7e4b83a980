import { removes } from "/client.js";
import { Chat } from "/watch/chat.js";
import { Marks } from "./marks.js";
import { neighbour } from "./selection.js";

/**
 * The chat in which one comment can be selected. While one is, the list holds still, and the selection stays with its comment: when that
 * goes, nothing is selected, so that no act falls on its neighbour.
 */
export class ChatPanel {
  #root;
  #log;
  #chat;
  #marks;
  /** Where one is, also after the comment has gone. @type {string | null} */
  #place = null;
  /** @type {import("/client.js").Comment | null} */
  #selected = null;
  #onSelect;
  /** @type {WeakMap<HTMLElement, import("/client.js").Comment>} */
  #comments = new WeakMap();

  /**
   * @param {HTMLElement} root
   * @param {import("/client.js").LiveVideo} video
   * @param {import("/watch/chat.js").ChatHooks & { onSelect: (comment: import("/client.js").Comment | null) => void }} hooks
   */
  constructor(root, video, { onSelect, ...hooks }) {
    this.#root = root;
    this.#log = root.querySelector(".log");
    this.#marks = new Marks(this.#log, this.#comments);
    this.#onSelect = onSelect;
    // What the list itself offers an author has no place here.
    const moderator = { moderates: true, isGuest: false, wrote: () => false, rememberAuthorId: () => {} };
    this.#chat = new Chat(root, video, moderator, {
      ...hooks,
      view: "staff",
      backlog: 200,
      onRow: (row, comment) => this.#rowMade(row, comment),
      onRemoved: removed => this.#removed(removed),
      onLatest: () => this.selectNothing(),
    });
    this.#log.addEventListener("click", ({ target }) => {
      const row = target.closest(".comment[data-id]");
      if (row && !target.closest("button, a") && getSelection()?.isCollapsed !== false) this.#select(row);
    });
    // By the tab key one comes to the row, which is selected already.
    this.#log.addEventListener("focusin", ({ target }) => {
      if (target.matches?.(".comment[data-id]") && target.dataset.id !== this.#selected?.id) this.#select(target);
    });
  }

  /** The comment that acts fall on. */
  get selected() {
    return this.#selected;
  }

  /** Whether it shows what moderators alone may see. */
  get isStaff() {
    return this.#chat.isStaff;
  }

  /** Selects the neighbour, or the newest in sight. @param {number} step -1 for the older one, 1 for the newer one */
  move(step) {
    const rows = [...this.#log.querySelectorAll(".comment[data-id]")];
    const { bottom } = this.#log.getBoundingClientRect();
    // Of those in sight where one begins. Who follows the newest has it in sight, or will with the next frame.
    const known = this.#place === null && !this.#chat.isFollowing ? rows.filter(row => row.getBoundingClientRect().top < bottom - 8) : rows;
    const id = neighbour(known.map(row => row.dataset.id), this.#place, step);
    const row = rows.find(row => row.dataset.id === id);
    if (row) this.#select(row);
  }

  /** Selects a comment, if it is in the document. @param {string} id */
  select(id) {
    const row = this.#log.querySelector(`.comment[data-id="${id}"]`);
    if (row) this.#select(row);
    return row !== null;
  }

  /** Selects nothing, and follows the newest again if that was in sight. */
  selectNothing() {
    this.#place = null;
    this.#show(null);
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

  #select(row) {
    const comment = this.#comments.get(row);
    if (!comment) return;
    this.#chat.pin(true);
    this.#place = comment.id;
    this.#show(comment);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  /** @param {import("/client.js").Comment | null} comment */
  #show(comment) {
    this.#selected = comment;
    for (const row of this.#log.querySelectorAll(".comment.selected")) setSelected(row, false);
    const row = comment && this.#log.querySelector(`.comment[data-id="${comment.id}"]`);
    if (row) setSelected(row, true);
    this.#root.classList.toggle("has-selection", comment !== null);
    this.#onSelect(comment);
  }

  #rowMade(row, comment) {
    this.#comments.set(row, comment);
    this.#marks.draw(row);
    row.setAttribute("aria-label", `${comment.author}: ${comment.message}`);
    setSelected(row, comment.id === this.#selected?.id);
  }

  #removed(removed) {
    if (this.#selected && removes(removed, this.#selected)) this.#show(null);
  }
}

function setSelected(row, selected) {
  row.classList.toggle("selected", selected);
  row.tabIndex = selected ? 0 : -1;
  if (selected) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
}
