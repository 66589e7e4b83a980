/** How long it waits before it asks what became of a held comment, at first and at most, in milliseconds. */
const FirstWait = 5_000;
const LongestWait = 30_000;

/**
 * Asks what became of a comment that waits for a moderator until it is known, and no oftener than need be.
 * @param {Pick<import("/client.js").LiveVideo, "readHeld">} video
 * @param {import("/client.js").Held} held what the answer to the post was
 * @param {(outcome: import("/client.js").Held) => void} onDecided
 */
export async function followHeld(video, held, onDecided) {
  for (let wait = FirstWait; held.status === "held"; wait = Math.min(wait * 1.5, LongestWait)) {
    await new Promise(resolve => setTimeout(resolve, wait));
    // Where no answer comes, or none is known any more, the next one may be there.
    held = await video.readHeld(held.heldId).catch(problem => problem.status === 404 ? { ...held, status: "refused" } : held);
  }
  onDecided(held);
}
