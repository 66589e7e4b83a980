import { explain } from "/watch/refusal.js";
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
    const [chosen, leftOut] = await this.#choose(comments, ({ author }) => `Remove the comment of ${author}?`);
    if (chosen.length === 0) return;
    const ids = new Set(chosen.map(({ id }) => id));
    const one = chosen.length === 1 ? chosen[0] : undefined;
    const what = one ? `The comment of ${one.author} was` : `${chosen.length} comments were`;
    await this.#strike(({ id }) => ids.has(id), async () => {
      if (one) await this.#video.remove(one.id);
      else for (const some of chunks([...ids])) await this.#video.moderation.removeAll({ ids: some });
      for (const { authorId, author } of chosen) if (authorId) this.#hooks.keepName(authorId, author);
      this.#chat.takeOut({ ids: [...ids] });
      this.#status.show(`${one ? `Removed a comment of ${one.author}` : `Removed ${chosen.length} comments`}. A removal cannot be undone.${leftOut}`);
    }, `${what} not removed.`);
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

  /** @param {import("/client.js").Ban} ban @param {string} name */
  lift(ban, name) {
    return this.#try(async () => {
      await this.#video.moderation.lift(ban.authorId);
      this.#hooks.keepName(ban.authorId, name);
      this.#offer(`${name} may write again.`, `lift of ${name}'s ban`,
        () => this.#video.moderation.changeBans({ [ban.authorId]: asAsked(ban) }), `The ban of ${name} holds again.`);
    }, `The ban of ${name} was not lifted.`);
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
        async () => this.#hooks.onSettings(await this.#video.moderation.change(before)), "The modes are as they were.");
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
    this.#status.show("There is nothing to undo. Bans, timeouts and changes of modes can be undone for 15 seconds.");
  }

  /**
   * Of many those of moderators and hosts are left out; before an act against one alone it asks.
   * @param {Comment[]} comments
   * @param {(comment: Comment) => string} question
   * @returns {Promise<[chosen: Comment[], leftOut: string]>}
   */
  async #choose(comments, question) {
    if (comments.length !== 1) {
      const chosen = comments.filter(({ role }) => !role);
      return [chosen, chosen.length < comments.length ? " Those of moderators and hosts were left out." : ""];
    }
    const [comment] = comments;
    const { author, role } = comment;
    const isMeant = !role || await this.#hooks.ask(`${author} is ${role === "owner" ? "a host" : "a moderator"} here. ${question(comment)}`);
    return [isMeant ? comments : [], ""];
  }

  async #ban(comments, ban, isMeant, words, what) {
    const [chosen, leftOut] = await this.#choose(comments, ({ author }) => `Shall ${author} be ${words}?`);
    if (chosen.length === 0) return;
    const [ids, authors] = [new Set(chosen.map(({ id }) => id)), new Set(chosen.map(({ authorId }) => authorId))];
    authors.delete(undefined);
    const isTheirs = other => ids.has(other.id) || (authors.has(other.authorId) && isMeant(other));
    await this.#strike(isTheirs, async () => {
      const people = await this.#peopleOf(chosen);
      const before = [...people.keys()].map(authorId => [authorId, asAsked(this.#hooks.banOf(authorId))]);
      let removed = 0;
      for (const some of chunks([...people.keys()])) {
        const bans = await this.#video.moderation.changeBans(Object.fromEntries(some.map(authorId => [authorId, ban])));
        removed += bans.reduce((sum, { removed = 0 }) => sum + removed, 0);
      }
      for (const [authorId, name] of people) this.#hooks.keepName(authorId, name);
      const [name] = people.values();
      const who = people.size === 1 ? name : `${people.size} people`;
      this.#offer(
        `${who} ${people.size === 1 ? "is" : "are"} ${words}, and ${removed.toLocaleString("en")} ${removed === 1 ? "comment is" : "comments are"} removed.${leftOut}`,
        `${what} of ${who}`,
        async () => {
          for (const some of chunks(before)) await this.#video.moderation.changeBans(Object.fromEntries(some));
        },
        `${who} may write ${before.some(([, earlier]) => earlier) ? "as before" : "again"}. What was removed does not come back.`);
    }, `${chosen.length === 1 ? `${chosen[0].author} was` : "They were"} not ${words}.`);
  }

  /** Who wrote them, by id, with their names. @param {Comment[]} comments @returns {Promise<Map<string, string>>} */
  async #peopleOf(comments) {
    const ids = await Promise.all(comments.map(async comment => comment.authorId ?? await this.#authorIdOf(comment)));
    return new Map(comments.map(({ author }, index) => [ids[index], author]));
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
const asAsked = ban => ban ? { ...(ban.until && { until: ban.until }), ...(ban.reason && { reason: ban.reason }) } : null;

/** @template T @param {T[]} all @returns {T[][]} */
const chunks = all => Array.from({ length: Math.ceil(all.length / AtOnce) }, (_, index) => all.slice(index * AtOnce, (index + 1) * AtOnce));
