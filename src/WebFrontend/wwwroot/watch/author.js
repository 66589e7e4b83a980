import { lookAlikes } from "./confusables.js";

/** What stands for a character that looks like others. */
const prototypes = new Map(lookAlikes.trim().split("\n").flatMap(line => {
  const [prototype, characters] = line.split(": ");
  return characters.split(" ").map(character => [textOf(character), textOf(prototype)]);
}));

/** Not in all browsers of 2022 to 2024. */
const graphemes = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One or two letters for an author: of the first and the last word of the name. */
export function initialsOf(author) {
  const words = author.split(/[\s._-]+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0] ?? author];
  return ends.map(firstGrapheme).join("").toUpperCase();
}

/**
 * What a name looks like: names that differ only in what cannot be seen, or in characters that look alike, have the same (UTS 39, 4).
 * It is for comparison alone, and not to be shown.
 */
export function skeletonOf(name) {
  const seen = name.normalize("NFKD").replace(/\p{DI}/gu, "");
  return [...seen].map(character => prototypes.get(character) ?? character).join("").normalize("NFKD").replace(/\s+/gu, " ").trim();
}

/** Names that look the same have the same hue everywhere, in degrees. The style sheet picks a lightness that can be read. */
export function hueOf(author) {
  let hash = 0;
  for (const character of skeletonOf(author)) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  // The golden angle spreads neighbouring hashes all around the circle.
  return Math.round((hash * 137.508) % 360);
}

function firstGrapheme(word) {
  return graphemes ? graphemes.segment(word)[Symbol.iterator]().next().value.segment : String.fromCodePoint(word.codePointAt(0));
}

function textOf(codePoints) {
  return String.fromCodePoint(...codePoints.split("+").map(codePoint => parseInt(codePoint, 16)));
}
