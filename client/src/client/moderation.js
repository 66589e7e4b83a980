/**
 * Somebody who may not write.
 * @typedef {object} Ban
 * @property {string} authorId
 * @property {string | null} until RFC 3339; null = for good
 * @property {string | null} reason what the person is told
 * @property {number} [removed] how many comments were removed with it
 * @property {boolean} [address] whether the address is held as well, where that was asked for
 * @property {string} [since] RFC 3339; where bans are listed
 * @property {string} [name] that the ban was given; where bans are listed
 */

/**
 * A ban that is asked for.
 * @typedef {object} NewBan
 * @property {string} [until] a duration (`PT10M`) or a time, 1 s to 2 weeks from now; for good without it
 * @property {string} [reason] what the person is told, up to 100 characters
 * @property {string} [removeSince] removes what they have written since then, too
 * @property {boolean} [address] holds the address of a guest as well, for a day at most
 * @property {string} [name] kept for moderators as long as the ban
 */

/**
 * A comment that waits for a decision.
 * @typedef {import("../client.js").Comment & { reason: string, word?: string, expires: string }} HeldComment
 */

/**
 * What a moderator has done.
 * @typedef {object} AuditEntry
 * @property {string} id
 * @property {string} at RFC 3339
 * @property {{ authorId: string, name?: string }} [by] who; absent where the server signs what was done so far
 * @property {string} action
 * @property {{ comment?: string, authorId?: string, heldId?: string }} [target]
 * @property {string} [reason]
 * @property {string} [note]
 * @property {Record<string, unknown>} [details] more, by action
 */

/** What a moderator may do to one live video: all of it needs a token with `comments:moderate`, and rejects as `LiveVideo` does. */
export class Moderation {
  #comments;
  #request;

  /**
   * @param {URL} comments the address of the video's comments
   * @param {(url: URL, init: RequestInit & { signal?: AbortSignal | undefined }) => Promise<any>} request
   */
  constructor(comments, request) {
    this.#comments = comments;
    this.#request = request;
  }

  /**
   * Removes all comments of an author, of everybody, or up to 100 that are named.
   * @param {{ authorId?: string, all?: true, since?: string, ids?: string[] }} which `since` is a duration before now (`PT10M`) or a time
   * @returns {Promise<{ count: number, removalId?: string }>}
   */
  removeAll(which) {
    return this.#send("POST", "removals", which);
  }

  /**
   * Keeps somebody from writing.
   * @param {string} authorId
   * @param {NewBan} [ban]
   * @returns {Promise<Ban>}
   */
  ban(authorId, ban = {}) {
    return this.#send("PUT", `bans/${encodeURIComponent(authorId)}`, ban);
  }

  /**
   * Lifts a ban, also where there is none.
   * @param {string} authorId
   * @returns {Promise<void>}
   */
  lift(authorId) {
    return this.#send("DELETE", `bans/${encodeURIComponent(authorId)}`);
  }

  /**
   * Bans up to 100 people, or lifts their bans, at once.
   * @param {{ [authorId: string]: NewBan | null }} changes null lifts a ban
   * @returns {Promise<Ban[]>} the new ones
   */
  async changeBans(changes) {
    return (await this.#send("PATCH", "bans", changes)).bans;
  }

  /**
   * The bans that hold now, the last one first.
   * @returns {Promise<Ban[]>}
   */
  async bans() {
    return (await this.#read("bans")).bans;
  }

  /**
   * Pins a comment in place of any other, until it is unpinned or removed.
   * @param {string} id
   * @returns {Promise<void>}
   */
  async pin(id) {
    await this.#send("PUT", "pin", { id });
  }

  /**
   * Unpins whatever is pinned.
   * @returns {Promise<void>}
   */
  unpin() {
    return this.#send("DELETE", "pin");
  }

  /** @returns {Promise<import("./connection.js").Settings>} */
  settings() {
    return this.#read("settings");
  }

  /**
   * Changes settings: what is left out stays, null sets one back.
   * @param {{ [Name in keyof import("./connection.js").Settings]?: import("./connection.js").Settings[Name] | null } & { preset?: "calm" }} changes
   * @returns {Promise<import("./connection.js").Settings>} all of them
   */
  change(changes) {
    return this.#send("PATCH", "settings", changes);
  }

  /**
   * A page of the comments that wait for a decision, newest first. `connect({ view: "held" })` tells of those that come and go.
   * @param {{ cursor?: string | undefined, limit?: number }} [page] limit 1-200
   * @returns {Promise<{ comments: HeldComment[], nextCursor: string | null, asOf: string }>}
   */
  held(page = {}) {
    return this.#read("held", page);
  }

  /**
   * Publishes or refuses a held comment. The first decision holds.
   * @param {string} heldId
   * @param {"publish" | "refuse"} decision
   * @param {{ reason?: string, note?: string }} [more]
   * @returns {Promise<{ status: "published" | "refused", id?: string }>} id is that of the published comment
   */
  decide(heldId, decision, more = {}) {
    return this.#send("POST", `held/${encodeURIComponent(heldId)}`, { decision, ...more });
  }

  /**
   * What moderators have done, the last first.
   * @param {{ cursor?: string | undefined, limit?: number }} [page] limit 1-200
   * @returns {Promise<{ entries: AuditEntry[], nextCursor: string | null }>}
   */
  audit(page = {}) {
    return this.#read("audit", page);
  }

  /**
   * @param {string} path
   * @param {{ cursor?: string | undefined, limit?: number }} [page]
   */
  #read(path, { cursor, limit } = {}) {
    const url = new URL(`${this.#comments}/${path}`);
    if (cursor) url.searchParams.set("cursor", cursor);
    if (limit) url.searchParams.set("limit", String(limit));
    return this.#request(url, {});
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  #send(method, path, body) {
    const init = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    return this.#request(new URL(`${this.#comments}/${path}`), { method, ...init });
  }
}
