import { explain } from "/watch/refusal.js";
import { Undo } from "./undo.js";

/** How long a timeout is, and how far back it removes. */
const TimeoutSpan = "PT10M";
const TimeoutMilliseconds = 600_000;

/** Before all comments. */
const Ever = "1970-01-01T00:00:00Z";

/** What a moderator does: it is seen here at once, as under way, and comes back with a reason where it fails. */
export class Acts {
  #video;
  #chat;
  #toasts;
  #undo = new Undo();
  /** The acts whose answers have not come yet: what undoes the last act waits for them, or it would undo the one before. */
  #underWay = Promise.resolve();
  #hooks;

  /**
   * @param {import("/client.js").LiveVideo} video
   * @param {import("./chat-panel.js").ChatPanel} chat
   * @param {import("./toasts.js").Toasts} toasts
   * @param {object} hooks
   * @param {(question: string) => Promise<boolean>} hooks.ask asks before what is rarely meant
   * @param {(problem: unknown) => void} hooks.onProblem something was refused
   * @param {() => void} hooks.onDone something was done: what others show of it is read anew
   * @param {(settings: import("/client.js").Settings) => void} hooks.onSettings the modes are others
   * @param {(authorId: string) => import("/client.js").Ban | undefined} hooks.banOf the ban of somebody that holds, as far as known
   */
  constructor(video, chat, toasts, hooks) {
    this.#video = video;
    this.#chat = chat;
    this.#toasts = toasts;
    this.#hooks = hooks;
  }

  /** @param {import("/client.js").Comment} comment */
  async remove(comment) {
    if (!await this.#mayAct(comment, `Remove the comment of ${comment.author}?`)) return;
    await this.#strike(other => other.id === comment.id, async () => {
      await this.#video.remove(comment.id);
      this.#chat.takeOut({ ids: [comment.id] });
      this.#toasts.show(`Removed a comment of ${comment.author}. A removal cannot be undone.`);
    }, `The comment of ${comment.author} was not removed.`);
  }

  /** @param {import("/client.js").Comment} comment by whom */
  timeOut(comment) {
    const since = this.#video.now() - TimeoutMilliseconds;
    return this.#ban(comment, { until: TimeoutSpan, removeSince: TimeoutSpan },
      other => Date.parse(other.createdAt) >= since, "timed out for 10 minutes");
  }

  /** @param {import("/client.js").Comment} comment by whom */
  ban(comment) {
    return this.#ban(comment, { removeSince: Ever }, () => true, "banned");
  }

  /** @param {import("/client.js").Ban} ban @param {string} name */
  lift(ban, name) {
    return this.#try(async () => {
      await this.#video.moderation.lift(ban.authorId);
      this.#offer(`${name} may write again.`, () => this.#putBack(ban), `The ban of ${name} holds again.`);
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
      this.#offer(words, async () => this.#hooks.onSettings(await this.#video.moderation.change(before)), "The modes are as they were.");
    }, "The modes were not changed.");
    return settings;
  }

  /** @param {import("/client.js").HeldComment} held @param {"publish" | "refuse"} decision */
  async decide(held, decision) {
    let done = false;
    await this.#try(async () => {
      await this.#video.moderation.decide(held.id, decision);
      done = true;
      const words = decision === "publish" ? "Published" : "Refused";
      this.#toasts.show(`${words} a comment of ${held.author}. A decision cannot be undone.`);
    }, `The comment of ${held.author} was not decided on.`);
    return done;
  }

  /** Undoes the last act that can be. */
  async undoLast() {
    await this.#underWay;
    const act = this.#undo.take(Date.now());
    if (act) return this.#goBack(act);
    this.#toasts.show("There is nothing to undo. Bans, timeouts and changes of modes can be undone for 15 seconds.");
  }

  /** Asks before an act against somebody who moderates. */
  async #mayAct({ author, role }, question) {
    return !role || this.#hooks.ask(`${author} is ${role === "owner" ? "a host" : "a moderator"} here. ${question}`);
  }

  async #ban(comment, ban, isMeant, words) {
    const { author } = comment;
    if (!await this.#mayAct(comment, `Shall ${author} be ${words}?`)) return;
    const isTheirs = other => other.id === comment.id || (comment.authorId !== undefined && other.authorId === comment.authorId && isMeant(other));
    await this.#strike(isTheirs, async () => {
      const authorId = comment.authorId ?? await this.#authorIdOf(comment);
      const before = this.#hooks.banOf(authorId);
      const { removed } = await this.#video.moderation.ban(authorId, ban);
      const count = removed ?? 0;
      this.#offer(`${author} is ${words}, and ${count.toLocaleString("en")} ${count === 1 ? "comment is" : "comments are"} removed.`,
        () => before ? this.#putBack(before) : this.#video.moderation.lift(authorId),
        `${author} may write ${before ? "as before" : "again"}. What was removed does not come back.`);
    }, `${author} was not ${words}.`);
  }

  /** Who wrote without a token has an id in what moderators read alone. */
  async #authorIdOf({ id }) {
    const { comments } = await this.#video.pageBack({ before: String(BigInt(id) + 1n), limit: 1, staff: true });
    const [comment] = comments;
    if (comment?.id !== id || !comment.authorId) throw new Error("The comment is not there any more, so nobody knows who wrote it.");
    return comment.authorId;
  }

  /** @param {import("/client.js").Ban} ban */
  async #putBack({ authorId, until, reason }) {
    await this.#video.moderation.ban(authorId, { ...(until && { until }), ...(reason && { reason }) });
  }

  #offer(words, back, after) {
    /** @type {HTMLElement} */
    let toast;
    const undo = async () => {
      toast.remove();
      await back();
      this.#toasts.show(after);
    };
    this.#undo.offer(words, undo, Date.now());
    toast = this.#toasts.show(words, {
      onUndo: () => {
        const act = this.#undo.takeThis(undo, Date.now());
        if (act) this.#goBack(act);
      },
    });
  }

  #goBack(act) {
    return this.#try(act.back, "It was not undone.");
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
      this.#toasts.show(`${failure} ${problem.errors ? explain(problem) : problem.message}`, { bad: true });
      this.#hooks.onProblem(problem);
    }
  }
}
