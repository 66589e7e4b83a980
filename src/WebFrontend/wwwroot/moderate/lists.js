import { element } from "/watch/element.js";
import { exactTime, relativeTime } from "/watch/relative-time.js";

/** How many people are listed. */
export const MostPeople = 12;

/**
 * Fills a list, but not under the pointer or the keyboard of who is about to press something in it.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 * @param {string} none what is said where there is none
 */
export function fill(list, items, none) {
  if (list.matches(":hover") || list.contains(document.activeElement)) return;
  list.replaceChildren(...(items.length > 0 ? items : [element("li", "none", none)]));
}

/** A button that names whom it is about. */
export function button(label, about, onClick) {
  const made = element("button", "plain", label);
  made.type = "button";
  made.setAttribute("aria-label", `${label}: ${about}`);
  made.addEventListener("click", onClick);
  return made;
}

/**
 * @param {import("./recent-people.js").RecentPerson} person
 * @param {{ onSelect: () => void, onTimeOut: () => void, onBan: () => void }} handlers
 */
export function personItem({ last, count }, { onSelect, onTimeOut, onBan }) {
  const name = element("button", "link name", element("bdi", "", last.author));
  name.type = "button";
  name.title = "Go to the last comment";
  name.addEventListener("click", onSelect);
  const number = element("span", "number", count.toLocaleString("en"));
  return element("li", "", name, number, button("Time out", last.author, onTimeOut), button("Ban", last.author, onBan));
}

/**
 * @param {import("/client.js").Ban} ban
 * @param {string} name
 * @param {() => void} onLift
 */
export function banItem({ until, reason }, name, onLift) {
  const held = until ? `until ${exactTime(until)}` : "for good";
  return element("li", "",
    element("span", "name", element("bdi", "", name), element("small", "", reason ? `${held} · ${reason}` : held)), button("Lift", name, onLift));
}

const acts = {
  remove: "removed a comment",
  "remove-many": "removed comments",
  ban: "banned",
  lift: "lifted a ban of",
  settings: "changed the modes",
  publish: "published a held comment",
  refuse: "refused a held comment",
  "site-ban": "banned everywhere",
  "site-lift": "lifted a ban everywhere of",
  erase: "erased",
};

/**
 * @param {import("/client.js").AuditEntry} entry
 * @param {(authorId: string) => string} nameOf
 * @param {number} now the server's time
 */
export function actItem({ at, by, action, target, reason, note }, nameOf, now) {
  const time = element("time", "when", relativeTime(at, now));
  time.dateTime = at;
  time.title = exactTime(at);
  const whom = target?.authorId ? ` ${nameOf(target.authorId)}` : "";
  const why = [reason, note].filter(Boolean).join(" · ");
  return element("li", "",
    element("span", "name", element("bdi", "", by.name ?? by.authorId), ` ${acts[action] ?? action}${whom} `, element("small", "", why)), time);
}
