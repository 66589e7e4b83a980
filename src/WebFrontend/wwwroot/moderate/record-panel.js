import { refreshTimes } from "/watch/comment-row.js";
import { element } from "/watch/element.js";
import { exactTime, relativeTime } from "/watch/relative-time.js";
import { actLines } from "./act-lines.js";
import { button, fill } from "./lists.js";

/** How often what other moderators do is looked for, in milliseconds. */
const LookInterval = 15_000;

/** Who is banned, and what moderators have done. */
export class RecordPanel {
  #bansList;
  #acts;
  #video;
  #nameOf;
  #onLift;
  /** @type {import("/client.js").Ban[]} */
  #bans = [];

  /**
   * @param {{ bans: HTMLElement, acts: HTMLElement }} roots
   * @param {import("/client.js").LiveVideo} video
   * @param {(authorId: string) => string} nameOf
   * @param {(ban: import("/client.js").Ban, name: string) => void} onLift
   */
  constructor({ bans, acts }, video, nameOf, onLift) {
    this.#bansList = bans;
    this.#acts = acts;
    this.#video = video;
    this.#nameOf = nameOf;
    this.#onLift = onLift;
    setInterval(() => document.hidden || this.look(), LookInterval);
    setInterval(() => refreshTimes(acts, video.now()), 5_000);
  }

  /** The ban of somebody that holds, as far as known. @param {string | undefined} authorId */
  banOf(authorId) {
    return this.#bans.find(ban => ban.authorId === authorId);
  }

  /** Looks for what others may have done, too. */
  async look() {
    const [bans, acts] = await Promise.allSettled([this.#video.moderation.bans(), this.#video.moderation.audit({ limit: 100 })]);
    if (bans.status === "fulfilled") this.#bans = bans.value;
    fill(this.#bansList, this.#bans.map(ban => this.#banItem(ban)), "Nobody is banned.");
    // A server of an earlier version keeps none.
    this.#acts.closest(".part").hidden = acts.status === "rejected";
    if (acts.status === "fulfilled") fill(this.#acts, actLines(acts.value.entries, this.#nameOf).map(line => this.#actItem(line)), "Nothing yet.");
  }

  /** @param {import("/client.js").Ban} ban */
  #banItem(ban) {
    const { authorId, until, reason } = ban;
    const name = this.#nameOf(authorId);
    const held = until ? `until ${exactTime(until)}` : "for good";
    return element("li", "",
      element("span", "name", element("bdi", "", name), element("small", "", reason ? `${held} · ${reason}` : held)),
      button("Lift", name, () => this.#onLift(ban, name)));
  }

  /** @param {import("./act-lines.js").ActLine} line */
  #actItem({ at, by, text, why }) {
    const time = element("time", "when", relativeTime(at, this.#video.now()));
    time.dateTime = at;
    time.title = exactTime(at);
    return element("li", "", element("span", "name", element("bdi", "", by), ` ${text} `, element("small", "", why)), time);
  }
}
