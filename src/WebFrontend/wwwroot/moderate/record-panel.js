import { refreshTimes } from "/watch/comment-row.js";
import { element } from "/watch/element.js";
import { exactTime, relativeTime } from "/watch/relative-time.js";
import { actLines } from "./act-lines.js";
import { groupBans } from "./ban-groups.js";
import { button, fill } from "./lists.js";

/** How often what other moderators do is looked for, in milliseconds. */
const LookInterval = 15_000;

/** How many entries of the audit are read at a time. */
const PageSize = 200;

/** How many bans are listed, and acts at a time. */
const Few = 10;

/** Who is banned, and what moderators have done. */
export class RecordPanel {
  #roots;
  #video;
  #names;
  #onLift;
  /** By author, the last one first. @type {Map<string, import("/client.js").Ban>} */
  #bans = new Map();
  #showsAllBans = false;
  /** @type {import("/client.js").AuditEntry[]} */
  #entries = [];
  /** @type {string | null} */
  #cursor = null;
  #shownActs = Few;

  /**
   * @param {{ bans: HTMLElement, moreBans: HTMLElement, acts: HTMLElement, moreActs: HTMLElement }} roots the lists, and their buttons for more
   * @param {import("/client.js").LiveVideo} video
   * @param {Pick<import("./names.js").Names, "of" | "see">} names
   * @param {(bans: import("/client.js").Ban[], name: string) => void} onLift
   */
  constructor(roots, video, names, onLift) {
    this.#roots = roots;
    this.#video = video;
    this.#names = names;
    this.#onLift = onLift;
    roots.moreBans.addEventListener("click", () => {
      this.#showsAllBans = !this.#showsAllBans;
      this.#showBans();
    });
    roots.moreActs.addEventListener("click", () => this.#showEarlier());
    setInterval(() => document.hidden || this.look(), LookInterval);
    setInterval(() => refreshTimes(roots.acts, video.now()), 5_000);
  }

  /** The ban of somebody that holds, as far as known. @param {string | undefined} authorId */
  banOf(authorId) {
    return authorId === undefined ? undefined : this.#bans.get(authorId);
  }

  /** Looks for what others may have done, too. */
  async look() {
    const [bans, acts] = await Promise.allSettled([this.#video.moderation.bans(), this.#video.moderation.audit({ limit: PageSize })]);
    if (bans.status === "fulfilled") this.#bans = new Map(bans.value.map(ban => [ban.authorId, ban]));
    for (const { authorId, name } of this.#bans.values()) if (name) this.#names.see({ authorId, author: name });
    this.#showBans();
    // A server of an earlier version keeps none.
    this.#roots.acts.closest(".part").hidden = acts.status === "rejected";
    if (acts.status === "rejected") return;
    const { entries, nextCursor } = acts.value;
    const joins = entries.some(({ id }) => id === this.#entries[0]?.id);
    if (!joins) [this.#entries, this.#cursor] = [entries, nextCursor];
    else this.#entries = [...entries.slice(0, entries.findIndex(({ id }) => id === this.#entries[0].id)), ...this.#entries];
    this.#showActs();
  }

  async #showEarlier() {
    this.#shownActs += Few * 3;
    if (this.#lines().length < this.#shownActs && this.#cursor !== null) {
      const page = await this.#video.moderation.audit({ limit: PageSize, cursor: this.#cursor }).catch(() => undefined);
      if (page) [this.#entries, this.#cursor] = [[...this.#entries, ...page.entries], page.nextCursor];
    }
    this.#showActs();
  }

  #showBans() {
    const { bans, moreBans } = this.#roots;
    const groups = groupBans([...this.#bans.values()]);
    const shown = this.#showsAllBans ? groups : groups.slice(0, Few);
    fill(bans, shown.map(group => group.length === 1 ? this.#banItem(group[0]) : this.#groupItem(group)), "Nobody is banned.");
    moreBans.hidden = groups.length <= Few;
    moreBans.textContent = this.#showsAllBans ? "Show fewer" : `Show all ${groups.length.toLocaleString("en")}`;
    bans.closest(".part").querySelector("h2").textContent = this.#bans.size > 0 ? `Bans (${this.#bans.size.toLocaleString("en")})` : "Bans";
  }

  #lines() {
    return actLines(this.#entries, authorId => this.#names.of(authorId));
  }

  #showActs() {
    const lines = this.#lines();
    fill(this.#roots.acts, lines.slice(0, this.#shownActs).map(line => this.#actItem(line)), "Nothing yet.");
    this.#roots.moreActs.hidden = lines.length <= this.#shownActs && this.#cursor === null;
  }

  /** @param {import("/client.js").Ban} ban */
  #banItem(ban) {
    const name = this.#names.of(ban.authorId);
    const item = element("li", "",
      element("span", "name", element("bdi", "", name), element("small", "", describe(ban))), button("Lift", name, () => this.#onLift([ban], name)));
    item.dataset.key = ban.authorId;
    return item;
  }

  /** @param {import("/client.js").Ban[]} group */
  #groupItem(group) {
    const names = group.slice(0, 2).map(({ authorId }) => this.#names.of(authorId)).join(", ");
    const who = `${group.length.toLocaleString("en")} people`;
    const item = element("li", "",
      element("span", "name", `${names} and ${(group.length - 2).toLocaleString("en")} others`, element("small", "", describe(group[0]))),
      button("Lift all", who, () => this.#onLift(group, `${who} (${names} …)`)));
    item.dataset.key = group[0].authorId;
    return item;
  }

  /** @param {import("./act-lines.js").ActLine} line */
  #actItem({ at, by, text, why }) {
    const time = element("time", "when", relativeTime(at, this.#video.now()));
    time.dateTime = at;
    time.title = exactTime(at);
    return element("li", "", element("span", "name", element("bdi", "", by), ` ${text} `, element("small", "", why)), time);
  }
}

/** @param {import("/client.js").Ban} ban */
function describe({ until, reason }) {
  const held = until ? `until ${exactTime(until)}` : "without end";
  return reason ? `${held} · ${reason}` : held;
}
