import { MaxMessageLength } from "./comment-rules.js";

/** Reasons that share a status with others. */
const byType = {
  "stopping": "The server is restarting.",
  "store-failed": "The server cannot keep comments just now.",
  "slow-mode": "This live video is in slow mode.",
  "sign-in-required": "Only who is signed in may write now.",
  "moderators-only": "Only moderators may write now.",
  "nobody-may-post": "Nobody may write now.",
  "not-established": "Who is new here may not write yet.",
  "repeated-message": "The same was written a moment ago.",
  "no-links": "Links are not taken now.",
  "refused-by-review": "The rules of this chat do not let that through. Write it otherwise.",
  "read-only": "This live video can only be read now.",
  "ended": "This live video is over. It takes no more comments.",
  "too-many-viewers": "Too many are watching just now.",
};

/**
 * Why a request did not succeed, in the words of the page.
 * @param {import("/client.js").ProblemError} problem
 */
export function explain(problem) {
  const known = byType[problem.type?.split(":").pop()];
  if (known) return known;
  switch (problem.status) {
    case 0: return "The server cannot be reached.";
    case 413: return `That is too long: a comment has at most ${MaxMessageLength} characters.`;
    case 429: return "You are sending too fast.";
    case 503: return "The server is busy.";
    default: return Object.values(problem.errors).flat().join(" ") || problem.message;
  }
}
