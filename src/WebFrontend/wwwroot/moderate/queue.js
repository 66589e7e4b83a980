import { compareIds, removes } from "/client.js";
import { createCommentRow, refreshTimes } from "/watch/comment-row.js";
import { element } from "/watch/element.js";

const reasons = {
  "word-list": "A word of the list",
  links: "Links are held",
  "hold-all": "All are held",
  hook: "Held by the site",
  "hook-failed": "The site could not be asked",
  capitals: "Capitals",
  repeats: "Repeats",
};

/** How many are in the document at most: the oldest, which have waited longest. */
const Most = 100;

/** The comments that wait for a decision, the oldest first. The server may have none of it: then it stays hidden. */
export class Queue {
  #root;
  #list;
  #video;
  #onDecide;
  #onCount;
  /** @type {Map<string, import("/client.js").HeldComment>} */
  #held = new Map();
  #rows = new Map();
  /** @type {import("/client.js").Connection | undefined} */
  #connection;
  #frame;

  /**
   * @param {HTMLElement} root
   * @param {import("/client.js").LiveVideo} video
   * @param {object} handlers
   * @param {(held: import("/client.js").HeldComment, decision: "publish" | "refuse") => Promise<boolean>} handlers.onDecide
   * @param {(count: number) => void} handlers.onCount how many wait
   * @param {() => void} handlers.onEnter one comes to it
   */
  constructor(root, video, { onDecide, onCount, onEnter }) {
    this.#root = root;
    this.#list = root.querySelector(".held");
    this.#video = video;
    this.#onDecide = onDecide;
    this.#onCount = onCount;
    root.addEventListener("focusin", ({ target }) => {
      // Also by the tab key one comes to a row.
      const row = target.closest(".held > li");
      if (row) this.#mark(row);
      onEnter();
    });
    setInterval(() => refreshTimes(this.#list, video.now()), 5_000);
  }

  /** Begins, or begins anew. */
  async start() {
    this.#connection?.close();
    this.#connection = undefined;
    try {
      await this.#readPage();
    } catch {
      // A server without a queue; or it is away, which the chat tells.
      return;
    }
    this.#root.hidden = false;
    document.body.classList.add("has-queue");
    this.#invalidate();
    this.#connection = this.#video.connect({
      view: "held",
      backlog: 200,
      onComment: comment => this.#add(comment),
      onRemoved: removed => this.#drop(removed),
      onGap: () => this.#readAgain(),
    });
  }

  /** The held comment that is selected: it has the keyboard's focus. */
  get selected() {
    const row = document.activeElement?.closest?.(".held > li");
    return row ? this.#held.get(row.dataset.id) : undefined;
  }

  /** Gives the first one the focus; false if there is none. */
  focus() {
    const row = this.#list.querySelector("li.selected") ?? this.#list.firstElementChild;
    if (!row) return false;
    row.focus();
    return true;
  }

  /** Selects none. */
  selectNothing() {
    this.#list.querySelector("li.selected")?.classList.remove("selected");
  }

  /** @param {number} step */
  move(step) {
    const row = document.activeElement?.closest?.(".held > li");
    const next = step < 0 ? row?.previousElementSibling : row?.nextElementSibling;
    next?.focus();
  }

  /** @param {"publish" | "refuse"} decision */
  async decide(decision) {
    const held = this.selected;
    if (!held || this.#rows.get(held.id)?.hasAttribute("aria-busy")) return;
    const row = this.#rows.get(held.id);
    row.setAttribute("aria-busy", "true");
    row.classList.add("going");
    const done = await this.#onDecide(held, decision);
    row.removeAttribute("aria-busy");
    row.classList.remove("going");
    if (done) this.#drop({ ids: [held.id] });
  }

  async #readPage() {
    const page = await this.#video.moderation.held({ limit: 200 });
    this.#held = new Map(page.comments.reverse().map(comment => [comment.id, comment]));
  }

  async #readAgain() {
    await this.#readPage().catch(() => {});
    this.#invalidate();
  }

  #add(comment) {
    if (this.#held.has(comment.id)) return;
    this.#held.set(comment.id, comment);
    this.#invalidate();
  }

  #drop(removed) {
    for (const comment of this.#held.values()) if (removes(removed, comment)) this.#held.delete(comment.id);
    this.#invalidate();
  }

  #invalidate() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#draw();
    });
  }

  #draw() {
    const shown = [...this.#held.values()].sort((one, other) => compareIds(one.id, other.id)).slice(0, Most);
    const ids = new Set(shown.map(({ id }) => id));
    const hadFocus = this.#list.contains(document.activeElement);
    for (const [id, row] of this.#rows) {
      if (ids.has(id)) continue;
      const next = row.nextElementSibling ?? row.previousElementSibling;
      const focused = row.contains(document.activeElement);
      row.remove();
      this.#rows.delete(id);
      if (focused) next?.focus();
    }
    for (const comment of shown) {
      if (this.#rows.has(comment.id)) continue;
      const row = this.#createRow(comment);
      this.#rows.set(comment.id, row);
      this.#list.append(row);
    }
    if (hadFocus && !this.#list.contains(document.activeElement)) this.#root.focus();
    if (!this.#list.querySelector('li[tabindex="0"]')) this.#list.firstElementChild?.setAttribute("tabindex", "0");
    this.#root.querySelector(".queue-empty").hidden = this.#held.size > 0;
    this.#root.querySelector(".queue-count").textContent = this.#held.size > 0 ? String(this.#held.size) : "";
    this.#onCount(this.#held.size);
  }

  #createRow(held) {
    const row = createCommentRow(held, false, this.#video.now());
    row.tabIndex = -1;
    const reason = reasonOf(held);
    row.setAttribute("aria-label", `${held.author}: ${held.message}. ${reason}`);
    if (held.word) markWord(row.querySelector(".message"), held.word);
    const button = (label, key, decision) => {
      const made = element("button", "plain", `${label} `, shortcut(key));
      made.type = "button";
      made.tabIndex = -1;
      made.addEventListener("click", () => {
        row.focus();
        this.decide(decision);
      });
      return made;
    };
    row.querySelector(".said").append(
      element("p", "held-reason", reason),
      element("p", "held-decide", button("Publish", "p", "publish"), button("Refuse", "r", "refuse")));
    return row;
  }

  /** Selects a row: it and its buttons are reached by the tab key, and no other's. */
  #mark(row) {
    for (const other of this.#list.children) {
      other.classList.toggle("selected", other === row);
      for (const stop of [other, ...other.querySelectorAll("button")]) stop.tabIndex = other === row ? 0 : -1;
    }
  }
}

/** @param {import("/client.js").HeldComment} held */
function reasonOf({ reason, word }) {
  const words = reasons[reason] ?? reason ?? "Held";
  return word ? `${words}: ${word}` : words;
}

/** Marks a word of the list where it stands as it is in the list; a text may have it in another guise. */
function markWord(message, word) {
  // A star at an end stands for any letters.
  const letters = word.replaceAll("*", "");
  const at = message.textContent.toLowerCase().indexOf(letters.toLowerCase());
  if (at < 0 || letters === "") return;
  const found = message.firstChild.splitText(at);
  found.splitText(letters.length);
  const mark = element("mark", "");
  found.replaceWith(mark);
  mark.append(found);
}

function shortcut(key) {
  const made = element("kbd", "", key);
  made.setAttribute("aria-hidden", "true");
  return made;
}
