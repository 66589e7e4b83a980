/** From how many letters on digits do not tell two texts apart: a counter in a long text is no difference. */
const LongText = 20;

/** How many words two texts share at least, and what part of all their words, to be alike. */
const SharedWords = 3;
const SharedPart = 0.6;

/**
 * Tells which comments look like one: the same text but for case, signs and letters that are repeated; or most of the same words, as where
 * one text comes from many names with a little changed in each.
 * @param {{ message: string }} comment
 * @returns {(other: { message: string }) => boolean}
 */
export function alikeTo(comment) {
  const text = bare(comment.message);
  const words = wordsOf(comment.message);
  return other => {
    if (bare(other.message) === text) return true;
    const others = wordsOf(other.message);
    const shared = [...words].filter(word => others.has(word)).length;
    return shared >= SharedWords && shared >= SharedPart * (words.size + others.size - shared);
  };
}

/** What is left of a text without its signs. A text of nothing else is itself. @param {string} message */
function bare(message) {
  const letters = message.normalize("NFKC").toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "").replaceAll(/(.)\1+/gu, "$1");
  const long = letters.replaceAll(/\p{N}/gu, "");
  return long.length >= LongText ? long : letters || message.trim();
}

/** @param {string} message */
function wordsOf(message) {
  return new Set(message.normalize("NFKC").toLowerCase().match(/\p{L}{2,}/gu) ?? []);
}
