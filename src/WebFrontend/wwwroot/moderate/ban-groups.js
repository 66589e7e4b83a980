/** Bans that follow each other within this time were made by one act, where they are many; in milliseconds. */
const Together = 10_000;

/** From how many on they are shown as one. */
const Many = 5;

/**
 * Puts together the bans of a wave: one line for hundreds of names, and one button to lift them.
 * @param {import("/client.js").Ban[]} bans the last one first
 * @returns {import("/client.js").Ban[][]}
 */
export function groupBans(bans) {
  /** @type {import("/client.js").Ban[][]} */
  const groups = [];
  for (const ban of bans) {
    const last = groups.at(-1)?.at(-1);
    if (last && isTogether(last, ban)) groups.at(-1).push(ban);
    else groups.push([ban]);
  }
  return groups.flatMap(group => group.length >= Many ? [group] : group.map(ban => [ban]));
}

function isTogether(later, earlier) {
  return later.since !== undefined && earlier.since !== undefined
    && Date.parse(later.since) - Date.parse(earlier.since) <= Together
    && (later.until === null) === (earlier.until === null) && later.reason === earlier.reason;
}
