import { hueOf, initialsOf } from "./author.js";
import { element, linkButton } from "./element.js";
import { exactTime, relativeTime } from "./relative-time.js";

/**
 * The row of one comment.
 * @param {{ id?: string, author: string, message: string, createdAt: string, role?: string, verified?: boolean, announcement?: boolean }}
 *   comment without an id where it is not sent yet
 * @param {boolean} own whether the viewer wrote it
 * @param {number} now the server's time
 */
export function createCommentRow({ id, author, message, createdAt, role, verified, announcement }, own, now) {
  const avatar = element("span", "avatar", initialsOf(author));
  avatar.setAttribute("aria-hidden", "true");

  const time = element("time", "when", relativeTime(createdAt, now));
  time.dateTime = createdAt;
  time.title = exactTime(createdAt);

  // Whatever direction marks a name or a message holds, they end with it.
  const name = element("bdi", "author", author);
  const text = element("p", "message", message);
  text.dir = "auto";

  const said = element("div", "said", name, " ", ...marksOf(role, verified, announcement), time, text);
  const row = element("li", own ? "comment own" : "comment", avatar, said);
  if (announcement) row.classList.add("announcement");
  if (id) row.dataset.id = id;
  row.style.setProperty("--hue", hueOf(author));
  return row;
}

/**
 * Gives a row a button to take its comment back.
 * @param {HTMLElement} row
 * @param {(refuse: (reason: string) => void) => void} onDelete called when one wants to; it may say why that was refused
 */
export function offerDeletion(row, onDelete) {
  let busy = false;
  const button = linkButton("Delete", () => {
    if (busy) return;
    busy = true;
    // Not `disabled`: that takes the keyboard's focus away.
    button.setAttribute("aria-disabled", "true");
    row.querySelector(".failure")?.remove();
    onDelete(reason => {
      busy = false;
      button.removeAttribute("aria-disabled");
      const note = element("p", "failure", reason);
      note.setAttribute("role", "alert");
      row.querySelector(".said").append(note);
    });
  });
  button.classList.add("delete");
  button.setAttribute("aria-label", "Delete your comment");
  row.querySelector(".said").append(button);
}

/**
 * Gives a row a button to answer its comment.
 * @template {{ author: string }} T
 * @param {HTMLElement} row
 * @param {T} comment
 * @param {(comment: T) => void} onReply
 */
export function offerReply(row, comment, onReply) {
  const button = linkButton("Reply", () => onReply(comment));
  button.classList.add("reply");
  button.setAttribute("aria-label", `Reply to ${comment.author}`);
  row.querySelector(".when").after(" ", button);
}

/** What the server says of the author, beside the name and in words: a name may hold any sign. */
function marksOf(role, verified, announcement) {
  const marks = [];
  if (verified) {
    const tick = element("span", "mark verified", "✓");
    tick.setAttribute("role", "img");
    tick.setAttribute("aria-label", "verified");
    tick.title = "This name is verified";
    marks.push(tick);
  }
  if (role) marks.push(element("span", "mark role", roleNames[role] ?? role));
  if (announcement) marks.push(element("span", "mark", "Announcement"));
  return marks.flatMap(mark => [mark, " "]);
}

const roleNames = { moderator: "Moderator", owner: "Host" };

/**
 * Brings the relative times below an element up to date.
 * @param {HTMLElement} parent
 * @param {number} now the server's time
 */
export function refreshTimes(parent, now) {
  for (const time of parent.querySelectorAll("time")) {
    const text = relativeTime(time.dateTime, now);
    if (time.textContent !== text) time.textContent = text;
  }
}

/**
 * Gives rows a button to show all where their message is higher than a row may be. They must be in the document.
 * @param {Iterable<HTMLElement>} rows
 * @param {() => void} onShow called when one wants to read all of a message
 */
export function boundHeights(rows, onShow) {
  // First all heights are read, then what is too high is changed: the layout is made once.
  const tooHigh = [...rows].filter(row => {
    const message = row.querySelector(".message");
    return message && !row.querySelector(".more") && message.scrollHeight > message.clientHeight + 1;
  });
  for (const row of tooHigh) {
    const more = linkButton("Show more", () => {
      const whole = row.classList.toggle("whole");
      more.textContent = whole ? "Show less" : "Show more";
      more.setAttribute("aria-expanded", String(whole));
      if (whole) onShow();
    });
    more.classList.add("more");
    more.setAttribute("aria-expanded", "false");
    row.querySelector(".message").after(more);
  }
}
