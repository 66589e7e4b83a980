/** What the server accepts, known beforehand so that one learns it while typing. The server decides. */

export const MaxAuthorLength = 50;
export const MaxMessageLength = 500;

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

function clean(text, controls) {
  return text.toWellFormed().replaceAll("\t", " ").replace(controls, "").trim();
}
