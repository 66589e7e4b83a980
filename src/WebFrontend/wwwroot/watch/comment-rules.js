/** What the server accepts, known beforehand so that one learns it while typing. The server decides. */

export const MaxAuthorLength = 50;
export const MaxMessageLength = 500;
export const MaxLineFeeds = 10;
export const MaxMarks = 8;

/** Length as the server counts it: Unicode scalar values, without the blanks around. */
export function lengthOf(text) {
  return [...text.trim()].length;
}

/** A message with the control characters gone that come along when one pastes; a line feed may stay. */
export function cleanMessage(text) {
  return clean(text.replace(/\r\n?/g, "\n"), /[^\P{Cc}\n]/gu);
}

/** An author's name: as a message, but on one line. */
export function cleanAuthor(text) {
  return clean(text, /\p{Cc}/gu);
}

/** How many line feeds a message has, with those that Unicode calls separators of lines and paragraphs. */
export function lineFeedsOf(text) {
  return (text.trim().match(/[\n\u2028\u2029]/g) ?? []).length;
}

/** The most combining marks on one character. What cannot be seen does not end the character that they stand on. */
export function mostMarksOf(text) {
  const runs = text.match(/(?:\p{M}(?:(?!\p{M})[\p{DI}\p{Cf}\u2800\u{1D159}])*)+/gu) ?? [];
  return Math.max(0, ...runs.map(run => run.match(/\p{M}/gu).length));
}

function clean(text, controls) {
  // Half of a surrogate pair is no character; U+FFFD stands for one, as the server has it.
  return text.replace(/\p{Cs}/gu, "\uFFFD").replaceAll("\t", " ").replace(controls, "").trim();
}
