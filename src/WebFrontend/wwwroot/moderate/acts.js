import { explain } from "/watch/refusal.js";
import { choose } from "./questions.js";
import { Undo } from "./undo.js";

/** How long a timeout is, and how far back it removes. */
const TimeoutSpan = "PT10M";
const TimeoutMilliseconds = 600_000;

/** Before all comments. */
const Ever = "1970-01-01T00:00:00Z";

/** How many comments or people one request names. */
const AtOnce = 100;

/** @typedef {import("/client.js").Comment} Comment */

/** What a moderator does: it is seen here at once, as under way, and comes back with a reason where it fails. */
export class Acts {
  #video;
  #chat;
  #status;
  #hooks;
  #undo = new Undo();
  #undoEnds;
  /** @type {Comment | null} */
  #pinned = null;
  /** The acts whose answers have not come yet: what undoes the last act waits for them, or it would undo the one before. */
  #underWay = Promise.resolve();

  /**
   * @param {import("/client.js").LiveVideo} video
   * @param {import("./chat-panel.js").ChatPanel} chat
   * @param {import("./status-line.js").StatusLine} status
   * @param {object} hooks
   * @param {(question: string) => Promise<boolean>} hooks.ask asks before what is rarely meant
   * @param {(problem: unknown) => void} hooks.onProblem something was refused
   * @param {() => void} hooks.onDone something was done: what others show of it is read anew
   * @param {(settings: import("/client.js").Settings) => void} hooks.onSettings the modes are others
   * @param {(authorId: string) => import("/client.js").Ban | undefined} hooks.banOf the ban of somebody that holds, as far as known
   * @param {(authorId: string, name: string) => void} hooks.keepName something was done to somebody of this name
   */
  constructor(video, chat, status, hooks) {
    this.#video = video;
    this.#chat = chat;
    this.#status = status;
    this.#hooks = hooks;
  }

  /** @param {Comment[]} comments */
  async remove(comments) {
    const [chosen, leftOut] = await choose(comments, {
      ask: this.#hooks.ask,
      ofOne: ({ author }) => `Remove the comment of ${author}?`,
      ofMany: (count, people) => `Remove ${count} comments of ${people}?`,
    });
    if (chosen.length === 0) return;
    const ids = new Set(chosen.map(({ id }) => id));
    const one = chosen.length === 1 ? chosen[0] : undefined;
    const what = one ? `The comment of ${one.author} was` : `${chosen.length} comments were`;
    await this.#strike(({ id }) => ids.has(id), async () => {
      if (one) await this.#video.remove(one.id);
      else for (const some of chunks([...ids])) await this.#video.moderation.removeAll({ ids: some });
      for (const { authorId, author } of chosen) if (authorId) this.#hooks.keepName(authorId, author);
      this.#chat.takeOut({ ids: [...ids] });
      const removed = one ? `Removed a comment of ${one.author}` : `Removed ${chosen.length} comments`;
      this.#status.show(`${removed}. A removal cannot be undone.${leftOut}`);
    }, `${what} not removed.`);
  }

  /** Takes note of the comment that is pinned. @param {Comment | null} comment */
  pinned(comment) {
    this.#pinned = comment;
  }

  /** Pins a comment, or takes it off where it is pinned. @param {Comment[]} comments */
  async pin(comments) {
    const [comment] = comments;
    if (comments.length !== 1) return this.#status.show("Select one comment to pin it.", { passing: true });
    if (comment.id === this.#pinned?.id) return this.unpin();
    await this.#try(async () => {
      await this.#video.moderation.pin(comment.id);
      this.#status.show(`The comment of ${comment.author} is pinned; the same key unpins it.`);
    }, `The comment of ${comment.author} was not pinned.`);
  }

  /** Takes off what is pinned. */
  async unpin() {
    await this.#try(async () => {
      await this.#video.moderation.unpin();
      this.#status.show("No comment is pinned any more.");
    }, "It was not unpinned.");
  }

  /** Keeps their authors from writing for a while, and removes nothing. @param {Comment[]} comments by whom */
  silence(comments) {
    return this.#ban(comments, { until: TimeoutSpan }, () => false, "silent for 10 minutes", "silence");
  }

  /** @param {Comment[]} comments by whom */
  timeOut(comments) {
    const since = this.#video.now() - TimeoutMilliseconds;
    return this.#ban(comments, { until: TimeoutSpan, removeSince: TimeoutSpan },
      other => Date.parse(other.createdAt) >= since, "timed out for 10 minutes", "timeout");
  }

  /** @param {Comment[]} comments by whom */
  ban(comments) {
    return this.#ban(comments, { removeSince: Ever }, () => true, "banned", "ban");
  }

  /** @param {import("/client.js").Ban[]} bans @param {string} name of the banned */
  async lift(bans, name) {
    if (bans.length > 1 && !await this.#hooks.ask(`May ${name} write again?`)) return;
    await this.#try(async () => {
      await this.#change(bans.map(({ authorId }) => [authorId, null]));
      if (bans.length === 1) this.#hooks.keepName(bans[0].authorId, name);
      this.#offer(`${name} may write again.`, `lift of ${name}`,
        () => this.#change(bans.map(ban => [ban.authorId, asAsked(ban)])), `What kept ${name} from writing holds again.`);
    }, `${name} may not write yet.`);
  }

  /**
   * Changes modes.
   * @param {object} changes
   * @param {object} before what they were
   * @param {string} words
   * @returns {Promise<import("/client.js").Settings | undefined>} all of them; undefined where it failed
   */
  async change(changes, before, words) {
    /** @type {import("/client.js").Settings | undefined} */
    let settings;
    await this.#try(async () => {
      settings = await this.#video.moderation.change(changes);
      this.#offer(words, "change of modes",
        async () => this.#hooks.onSettings(await this.#video.moderation.change(before)), "The last change of modes is undone.");
    }, "The modes were not changed.");
    return settings;
  }

  /** @param {import("/client.js").HeldComment} held @param {"publish" | "refuse"} decision */
  async decide(held, decision) {
    let done = false;
    await this.#try(async () => {
      await this.#video.moderation.decide(held.id, decision);
      done = true;
      if (held.authorId) this.#hooks.keepName(held.authorId, held.author);
      const words = decision === "publish" ? "Published" : "Refused";
      this.#status.show(`${words} a comment of ${held.author}. A decision cannot be undone.`);
    }, `The comment of ${held.author} was not decided on.`);
    return done;
  }

  /** Undoes the last act that can be. */
  async undoLast() {
    await this.#underWay;
    const act = this.#undo.take(Date.now());
    this.#showUndo();
    if (act) return this.#try(act.back, "It was not undone.");
    this.#status.show("There is nothing to undo. The last ban, timeout or change of modes can be undone for a minute.");
  }

  async #ban(comments, ban, isMeant, words, what) {
    const [chosen, leftOut] = await choose(comments, {
      ask: this.#hooks.ask,
      ofOne: ({ author }) => `Shall ${author} be ${words}?`,
      ofMany: (_, people) => `Shall ${people} be ${words}?${ban.removeSince ? " What they wrote is removed for good." : ""}`,
    });
    if (chosen.length === 0) return;
    const [ids, authors] = [new Set(chosen.map(({ id }) => id)), new Set(chosen.map(({ authorId }) => authorId))];
    authors.delete(undefined);
    const isGoing = other => ban.removeSince !== undefined && (ids.has(other.id) || (authors.has(other.authorId) && isMeant(other)));
    if (authors.size > 1) this.#status.show(`${authors.size} people are being ${words.replace("silent", "silenced")} …`);
    await this.#strike(isGoing, async () => {
      const people = await this.#peopleOf(chosen);
      const before = [...people.keys()].map(authorId => [authorId, asAsked(this.#hooks.banOf(authorId))]);
      const bans = await this.#change([...people].map(([authorId, name]) => [authorId, { ...ban, name }]));
      const removed = bans.reduce((sum, { removed = 0 }) => sum + removed, 0);
      for (const [authorId, name] of people) this.#hooks.keepName(authorId, name);
      const [name] = people.values();
      const who = people.size === 1 ? name : `${people.size} people`;
      const are = people.size === 1 ? "is" : "are";
      const [gone, lost] = ban.removeSince
        ? [`, and ${removed.toLocaleString("en")} ${removed === 1 ? "comment is" : "comments are"} removed`, " What was removed does not come back."]
        : ["", ""];
      const again = before.some(([, earlier]) => earlier) ? "as before" : "again";
      this.#offer(
        `${who} ${are} ${words}${gone}.${leftOut}`, `${what} of ${who}`, () => this.#change(before), `${who} may write ${again}.${lost}`);
    }, `${chosen.length === 1 ? `${chosen[0].author} was` : "They were"} not ${words}.`);
  }

  /** Who wrote them, by id, with their names. @param {Comment[]} comments @returns {Promise<Map<string, string>>} */
  async #peopleOf(comments) {
    const ids = await Promise.all(comments.map(async comment => comment.authorId ?? await this.#authorIdOf(comment)));
    return new Map(comments.map(({ author }, index) => [ids[index], author]));
  }

  /** @param {[authorId: string, ban: import("/client.js").NewBan | null][]} changes */
  async #change(changes) {
    const bans = [];
    for (const some of chunks(changes)) bans.push(...await this.#video.moderation.changeBans(Object.fromEntries(some)));
    return bans;
  }

  /** Who wrote without a token has an id in what moderators read alone. */
  async #authorIdOf({ id }) {
    const { comments } = await this.#video.pageBack({ before: String(BigInt(id) + 1n), limit: 1, staff: true });
    const [comment] = comments;
    if (comment?.id !== id || !comment.authorId) throw new Error("The comment is not there any more, so nobody knows who wrote it.");
    return comment.authorId;
  }

  #offer(words, what, back, after) {
    this.#status.show(words);
    this.#undo.offer(what, async () => {
      await back();
      this.#status.show(after);
    }, Date.now());
    this.#showUndo();
  }

  /** Offers what the next undo undoes, for as long as it can be. */
  #showUndo() {
    clearTimeout(this.#undoEnds);
    const now = Date.now();
    const next = this.#undo.next(now);
    this.#status.offer(next?.what);
    if (next) this.#undoEnds = setTimeout(() => this.#showUndo(), next.until - now + 1);
  }

  async #strike(isGoing, act, failure) {
    const bringBack = this.#chat.strike(isGoing);
    await this.#try(act, failure);
    bringBack();
  }

  #try(act, failure) {
    // What was done before it cannot be undone any more: nobody is to press the key for that, and undo this.
    this.#undo.forget();
    this.#showUndo();
    const done = this.#carryOut(act, failure);
    this.#underWay = Promise.all([this.#underWay, done]);
    return done;
  }

  async #carryOut(act, failure) {
    try {
      await act();
      this.#hooks.onDone();
    } catch (problem) {
      this.#status.show(`${failure} ${problem.errors ? explain(problem) : problem.message}`, { bad: true });
      this.#hooks.onProblem(problem);
    }
  }
}

/** A ban as it is asked for again; null where there is none. @param {import("/client.js").Ban | undefined} ban */
const asAsked = ban => ban
  ? { ...(ban.until && { until: ban.until }), ...(ban.reason && { reason: ban.reason }), ...(ban.name && { name: ban.name }) }
  : null;

/** @template T @param {T[]} all @returns {T[][]} */
const chunks = all => Array.from({ length: Math.ceil(all.length / AtOnce) }, (_, index) => all.slice(index * AtOnce, (index + 1) * AtOnce));
