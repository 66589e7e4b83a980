import { compareIds } from "/client.js";
import { element } from "/watch/element.js";
import { button, fill } from "./lists.js";
import { RecentPeople, Span } from "./recent-people.js";

/** How many people are listed, at first and if one asks for more. */
const Few = 8;
const Many = 200;

/** How many pages of the history are read at most, to know who wrote before the page was opened. */
const MostPages = 10;
const PageSize = 200;

const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });

/** Who wrote in the last five minutes, and what one may do about them. */
export class PeoplePanel {
  #heading;
  #list;
  #more;
  #video;
  #hooks;
  #people = new RecentPeople();
  #limit = Few;
  /** @type {import("./recent-people.js").RecentPerson[]} */
  #shown = [];
  /** The oldest comment that is counted. @type {import("/client.js").Comment | undefined} */
  #oldest;
  #isWhole = false;
  #isReading = true;
  /** Those that the history and the stream may both bring. @type {Set<string>} */
  #counted = new Set();

  /**
   * @param {HTMLElement} root
   * @param {import("/client.js").LiveVideo} video
   * @param {object} hooks
   * @param {(comment: import("/client.js").Comment) => void} hooks.onSelect the person's last comment, which may have gone
   * @param {(comment: import("/client.js").Comment) => void} hooks.onTimeOut its author
   * @param {(comment: import("/client.js").Comment) => void} hooks.onBan its author
   * @param {(bans: import("/client.js").Ban[], name: string) => void} hooks.onLift
   * @param {(authorId: string | undefined) => import("/client.js").Ban | undefined} hooks.banOf
   */
  constructor(root, video, hooks) {
    this.#heading = root.querySelector("h2");
    this.#list = root.querySelector(".people");
    this.#more = root.querySelector(".people-more");
    this.#video = video;
    this.#hooks = hooks;
    this.#more.addEventListener("click", () => {
      this.#limit = this.#limit === Few ? Many : Few;
      this.show();
    });
    setInterval(() => this.show(), 1_000);
    this.show();
  }

  /** @param {import("/client.js").Comment} comment that came */
  add(comment) {
    if (this.#counted.has(comment.id)) return;
    if (this.#isReading) this.#counted.add(comment.id);
    this.#people.add(comment);
    if (!this.#oldest || compareIds(comment.id, this.#oldest.id) < 0) this.#oldest = comment;
  }

  /** Reads who wrote before the first comment that came, as far back as it can. */
  async readBack() {
    this.#isReading = true;
    try {
      for (let pages = 0; pages < MostPages && !this.#isWhole; pages++) {
        const page = await this.#video.pageBack({ before: this.#oldest?.id, limit: PageSize, staff: true });
        page.comments.forEach(comment => this.add(comment));
        this.#isWhole = page.nextCursor === null || this.#startsBefore(this.#video.now() - Span);
      }
    } finally {
      this.#isReading = false;
    }
    this.show();
  }

  /** Gives the first one the focus. */
  focus() {
    this.#list.querySelector("button")?.focus();
  }

  /** The last comment of whoever has the keyboard's focus. */
  get selected() {
    const item = document.activeElement?.closest?.(".people > li");
    return item ? this.#shown.find(({ key }) => key === item.dataset.key)?.last : undefined;
  }

  /** @param {number} step */
  move(step) {
    const item = document.activeElement?.closest?.(".people > li");
    const next = step < 0 ? item?.previousElementSibling : item?.nextElementSibling;
    if (next) next.querySelector("button")?.focus();
    else if (!item) this.focus();
  }

  show() {
    const now = this.#video.now();
    this.#shown = this.#people.top(now, this.#limit, authorId => this.#hooks.banOf(authorId) !== undefined);
    fill(this.#list, this.#shown.map(person => this.#item(person)), "Nobody has written.");
    this.#isWhole ||= this.#startsBefore(now - Span);
    this.#heading.textContent = this.#isWhole || !this.#oldest
      ? "Who wrote in the last 5 minutes"
      : `Who wrote since ${clock.format(new Date(this.#oldest.createdAt))}`;
    const { size } = this.#people;
    this.#more.hidden = size <= Few;
    this.#more.textContent = this.#limit === Few ? `Show all ${size.toLocaleString("en")}` : "Show fewer";
    if (this.#limit === Few && size > Many) this.#more.textContent = `Show ${Many} of ${size.toLocaleString("en")}`;
  }

  #startsBefore(time) {
    return this.#oldest !== undefined && Date.parse(this.#oldest.createdAt) <= time;
  }

  /** @param {import("./recent-people.js").RecentPerson} person */
  #item(person) {
    const made = this.#itemOf(person);
    made.dataset.key = person.key;
    return made;
  }

  /** @param {import("./recent-people.js").RecentPerson} person */
  #itemOf({ last, count }) {
    const { author } = last;
    const ban = this.#hooks.banOf(last.authorId);
    const name = element("button", "link name", element("bdi", "", author));
    name.type = "button";
    name.title = "Go to the last comment";
    name.addEventListener("click", () => this.#hooks.onSelect(last));
    const number = element("span", "number", count.toLocaleString("en"));
    if (!ban) {
      return element("li", "", name, number,
        button("Time out", author, () => this.#hooks.onTimeOut(last)), button("Ban", author, () => this.#hooks.onBan(last)));
    }
    const until = ban.until ? `until ${clock.format(new Date(ban.until))}` : "banned";
    return element("li", "done", name, number, element("small", "", until), button("Lift", author, () => this.#hooks.onLift([ban], author)));
  }
}
