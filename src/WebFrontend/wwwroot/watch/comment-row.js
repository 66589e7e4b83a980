import { hueOf, initialsOf } from "./author.js";
import { element } from "./element.js";
import { exactTime, relativeTime } from "./relative-time.js";

/**
 * The row of one comment.
 * @param {{ id?: string, author: string, message: string, createdAt: string }} comment without an id where it is not sent yet
 * @param {boolean} own whether the viewer wrote it
 */
export function createCommentRow({ id, author, message, createdAt }, own) {
  const avatar = element("span", "avatar", initialsOf(author));
  avatar.ariaHidden = "true";

  const time = element("time", "when", relativeTime(createdAt));
  time.dateTime = createdAt;
  time.title = exactTime(createdAt);

  // Whatever direction marks a name or a message holds, they end with it.
  const name = element("bdi", "author", author);
  const text = element("p", "message", message);
  text.dir = "auto";

  const row = element("li", own ? "comment own" : "comment", avatar, element("div", "said", name, " ", time, text));
  if (id) row.dataset.id = id;
  row.style.setProperty("--hue", hueOf(author));
  return row;
}

/** Brings the relative times below an element up to date. */
export function refreshTimes(parent) {
  for (const time of parent.querySelectorAll("time")) {
    const text = relativeTime(time.dateTime);
    if (time.textContent !== text) time.textContent = text;
  }
}
