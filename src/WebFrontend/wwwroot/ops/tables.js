import { element } from "/watch/element.js";
import { count, number } from "./format.js";

const reasons = {
  "post too_many": "Post: too many from one address",
  "post invalid": "Post: not valid",
  "post repeated": "Post: repeated, answered with the first",
  "post overloaded": "Post: too many waiting",
  "post store_failed": "Post: the store failed",
  "stream too_many_viewers": "Stream: no room for more viewers",
  "stream too_many_streams": "Stream: too many from one address",
  "stream stopping": "Stream: the node was stopping",
  "operator not_this_machine": "Operators' page: asked for from elsewhere",
  "operator wrong_password": "Operators' page: wrong password",
  "operator too_many_guesses": "Operators' page: too many wrong passwords from one address",
};

/** @param {{ id: string, viewers: number, rate: number }[]} videos */
export function showVideos(videos) {
  fill(".videos", videos, "Nobody watches anything here just now.", ({ id, viewers, rate }) => {
    const link = element("a", "", id);
    link.href = `/videos/${encodeURIComponent(id)}`;
    const moderate = element("a", "moderate-link", "Moderate");
    moderate.href = `/moderate/${encodeURIComponent(id)}`;
    moderate.setAttribute("aria-label", `Moderate ${id}`);
    return [element("span", "", link, " ", moderate), count(viewers), number(rate), number(viewers * rate)];
  });
}

/** @param {{ what: string, reason: string, lastMinute: number, total: number }[]} refusals */
export function showRefusals(refusals) {
  fill(".refusals", refusals, "Nothing has been refused.", ({ what, reason, lastMinute, total }) =>
    [reasons[`${what} ${reason}`] ?? `${what}: ${reason}`, count(lastMinute), count(total)]);
}

function fill(table, items, none, cellsOf) {
  const body = document.querySelector(`${table} tbody`);
  // A link that the keyboard is at stays there.
  const focused = body.contains(document.activeElement) ? document.activeElement.href : undefined;
  body.replaceChildren(...items.map(item => {
    const [name, ...numbers] = cellsOf(item);
    const header = element("th", "", name);
    header.scope = "row";
    return element("tr", "", header, ...numbers.map(text => element("td", "", text)));
  }));
  if (items.length === 0) {
    const cell = element("td", "none", none);
    cell.colSpan = 4;
    body.append(element("tr", "", cell));
  }
  if (focused) [...body.querySelectorAll("a")].find(({ href }) => href === focused)?.focus();
}
