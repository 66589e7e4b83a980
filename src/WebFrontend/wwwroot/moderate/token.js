import { TabMemory } from "/watch/memory.js";
import { claimsIn, moderates } from "/watch/sign-in.js";

const Name = "token";

/** The moderator's token. It stays in the tab, and is not left in the address. */
export class ModeratorToken {
  #memory;
  /** @type {string | undefined} */
  #token;

  /** @param {string} liveVideoId */
  constructor(liveVideoId) {
    this.#memory = new TabMemory(liveVideoId);
    const given = new URLSearchParams(location.hash.slice(1)).get("token");
    if (given !== null) {
      history.replaceState(history.state, "", location.pathname + location.search);
      this.set(given);
    }
    this.#token = given ?? this.#memory.recall(Name) ?? undefined;
  }

  get value() {
    return this.#token;
  }

  /** @param {string} token */
  set(token) {
    this.#token = token.trim();
    this.#memory.remember(Name, this.#token);
  }
}

/**
 * Why a token cannot be a moderator's of a video, in words; undefined where it may be. The server has the last word.
 * @param {string | undefined} token
 * @param {string} liveVideoId
 * @param {number} now in milliseconds
 */
export function faultOf(token, liveVideoId, now) {
  if (!token) return "Sign in as a moderator to see this page.";
  const claims = claimsIn(token);
  if (claims.exp === undefined) return "This is no token: it has three parts with full stops between.";
  // Clocks may differ by a minute.
  if (claims.exp * 1_000 + 60_000 <= now) return "This token has expired. Give the next one.";
  if (!moderates(claims)) return "This token lacks comments:moderate: it is no moderator's.";
  const names = Array.isArray(claims.videos) ? claims.videos : [];
  const named = names.some(name => name.endsWith("*") ? liveVideoId.startsWith(name.slice(0, -1)) : name === liveVideoId);
  return named ? undefined : "This token is for another video.";
}

const refusals = {
  "token-needed": "Sign in as a moderator to see this page.",
  "invalid-token": "This token is not valid here, or has expired. Give the next one.",
  "insufficient-scope": "This token lacks comments:moderate: it is no moderator's.",
  "not-for-this-video": "This token is for another video.",
};

/** Whether a request was refused for its token, and why, in words. @param {import("/client.js").ProblemError | undefined} problem */
export const refusalOf = problem => refusals[problem?.type?.split(":").pop()];
