import { compareIds } from "/client.js";

/**
 * Where one step leads from the selected comment: to its neighbour, also where it is not there any more.
 * @param {string[]} ids oldest first
 * @param {string | null} current the selected one; null if none is: then it begins with the newest
 * @param {number} step -1 for the older neighbour, 1 for the newer one
 * @returns {string | null} null where there is none
 */
export function neighbour(ids, current, step) {
  if (current === null) return ids[ids.length - 1] ?? null;
  const older = ids.filter(id => compareIds(id, current) < 0);
  const newer = ids.filter(id => compareIds(id, current) > 0);
  return (step < 0 ? older[older.length - 1] : newer[0]) ?? null;
}
