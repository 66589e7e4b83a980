import { timeoutSignal, unlessAborted } from "./abort.js";

/** A token is asked for anew this long before it expires, in milliseconds. */
const Ahead = 30_000;

/** How long a tab that has a new token keeps others from asking for one: until they have it from this one, in milliseconds. */
const Handover = 100;

/** How long one waits for another tab that asks, in milliseconds: it may be frozen. */
const LongestWait = 5_000;

/**
 * Gives the token of whoever uses the page; nothing where nobody is signed in.
 * @typedef {(asked: { refused: string | undefined }) => Promise<string | null | undefined> | string | null | undefined} AskForToken
 *   `refused` is the token that the server did not take
 */

/**
 * The token that requests carry. It is asked for when it is first needed, before it expires, and when the server refuses it; whoever
 * needs it meanwhile waits for the same answer. So do other tabs of the browser in which the same person uses the video.
 *
 * A public video is read without it: from another origin the header would cost a preflight request for every connection.
 */
export class Tokens {
  #ask;
  /** @type {string | undefined} */
  #token;
  /** @type {Promise<void> | undefined} */
  #asking;
  /** Whether the server has refused to let somebody without a token read. */
  #readersNeedIt = false;
  #name;
  #locks = globalThis.BroadcastChannel && globalThis.navigator?.locks;
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /**
   * @param {string} video its address: tokens for others may be others
   * @param {AskForToken} [ask]
   */
  constructor(video, ask) {
    this.#name = `livecomments token ${video}`;
    this.#ask = ask;
  }

  /**
   * Fetches with the token where it is needed, and once more with a new one where the server refuses it.
   * @param {URL} url
   * @param {RequestInit} init
   * @param {object} [options]
   * @param {boolean} [options.needed] whether it is needed: the request writes, or asks for what only some may read
   * @returns {Promise<Response>}
   */
  async fetch(url, init, { needed = false } = {}) {
    const token = this.#ask && (needed || this.#readersNeedIt) ? await unlessAborted(this.#get(), init.signal) : undefined;
    const response = await fetch(url, withToken(init, token));
    if (response.status !== 401 || !this.#ask) return response;
    if (!needed) this.#readersNeedIt = true;
    const next = await unlessAborted(this.#get(token), init.signal);
    if (!next || next === token) return response;
    await response.body?.cancel();
    return fetch(url, withToken(init, next));
  }

  /** @param {string} [refused] */
  async #get(refused) {
    if (this.#token === undefined || this.#token === refused || endsSoon(this.#token)) {
      this.#asking ??= this.#renew(refused ?? this.#token).finally(() => (this.#asking = undefined));
      await this.#asking;
    }
    return this.#token;
  }

  /**
   * Asks for a new one, unless another tab does.
   * @param {string | undefined} refused
   */
  async #renew(refused) {
    if (!this.#locks || !this.#token) return this.#askFor(refused);
    await new Promise((resolve, reject) => {
      this.#locks?.request(this.#name, { signal: timeoutSignal(LongestWait) }, async () => {
        if (this.#token !== refused) return resolve(undefined);
        await this.#askFor(refused).then(resolve, reject);
        this.#channel?.postMessage(this.#token);
        await new Promise(given => setTimeout(given, Handover));
      }).catch(() => this.#askFor(refused).then(resolve, reject));
    });
  }

  /** @param {string | undefined} refused */
  async #askFor(refused) {
    this.#token = await this.#ask?.({ refused }) ?? undefined;
    if (this.#token && this.#locks) this.#listen();
  }

  /** Takes over what another tab has got, if that is the same person. */
  #listen() {
    if (this.#channel) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => {
      const person = claimsOf(this.#token)?.sub;
      if (person !== undefined && claimsOf(data)?.sub === person) this.#token = data;
    };
    // Node would wait for it.
    /** @type {any} */ (this.#channel).unref?.();
  }
}

/**
 * @param {RequestInit} init
 * @param {string | undefined} token
 */
const withToken = (init, token) => token ? { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } } : init;

/**
 * What a JSON Web Token says; nothing where it is none.
 * @param {string | undefined} token
 * @returns {{ sub?: string, exp?: number } | undefined}
 */
function claimsOf(token) {
  try {
    const payload = token?.split(".")[1]?.replace(/-/g, "+").replace(/_/g, "/") ?? "";
    return JSON.parse(atob(payload));
  } catch {
    return undefined;
  }
}

/** @param {string} token */
const endsSoon = token => (claimsOf(token)?.exp ?? Infinity) * 1_000 - Date.now() < Ahead;
