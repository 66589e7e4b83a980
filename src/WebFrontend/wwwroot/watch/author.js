const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One or two letters for an author: of the first and the last word of the name. */
export function initialsOf(author) {
  const words = author.split(/[\s._-]+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? author];
  return ends.map(firstGrapheme).join("").toUpperCase();
}

/** The same name has the same hue everywhere, in degrees. The style sheet picks a lightness that can be read. */
export function hueOf(author) {
  let hash = 0;
  for (const character of author) hash = (hash * 31 + character.codePointAt(0)) >>> 0;
  // The golden angle spreads neighbouring hashes all around the circle.
  return Math.round((hash * 137.508) % 360);
}

const firstGrapheme = word => graphemes.segment(word)[Symbol.iterator]().next().value.segment;
