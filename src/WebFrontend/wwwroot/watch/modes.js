/**
 * What the settings of a video mean to the viewer, in the words of the page.
 * @param {import("/client.js").Settings} settings
 * @param {{ moderates: boolean, isGuest: boolean }} viewer
 * @returns {{ closed: boolean, words: string, pause: number }} whether nothing can be sent; what the composer says; how many seconds lie
 *   between two comments
 */
export function modesFor(settings, { moderates, isGuest }) {
  if (settings.state === "ended") return closed("This live video is over. It takes no more comments.");
  if (moderates) return { closed: false, words: "", pause: 0 };
  if (settings.state === "readOnly") return closed("This live video can only be read now.");
  if (settings.mayPost === "moderators") return closed("Only moderators may write now.");
  if (settings.mayPost === "nobody") return closed("Nobody may write now.");
  if (settings.mayPost === "signedIn" && isGuest) return closed("Only who is signed in may write now.");

  const rules = [];
  // Whether that is over, only the server knows.
  if (settings.mayPost === "established" && isGuest) {
    rules.push(`New guests may write after ${amount(settings.establishedMinutes, "minute")}.`);
  }
  if (settings.slowSeconds > 0) rules.push(`Slow mode: one comment every ${amount(settings.slowSeconds, "second")}.`);
  if (settings.links === "refuse") rules.push("Links are not taken.");
  if (settings.holdAll) rules.push("A moderator sees comments first.");
  if (settings.delaySeconds > 0) rules.push(`Others see comments after ${amount(settings.delaySeconds, "second")}.`);
  return { closed: false, words: rules.join(" "), pause: settings.slowSeconds };
}

const closed = words => ({ closed: true, words, pause: 0 });

const amount = (number, unit) => `${number.toLocaleString("en")} ${unit}${number === 1 ? "" : "s"}`;
