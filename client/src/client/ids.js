/**
 * Orders two comment ids, oldest first. They are 64-bit numbers: too long for a JavaScript number, so their decimal forms
 * are compared, the shorter being the smaller.
 * @param {string} a
 * @param {string} b
 */
export function compareIds(a, b) {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : Number(a > b);
}
