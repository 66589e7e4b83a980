const { lang } = document.documentElement;
const relative = new Intl.RelativeTimeFormat(lang, { style: "narrow" });
const date = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short" });
const exact = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "medium" });

/** From how many seconds on a unit is used, the largest first. */
const units = [["hour", 3_600], ["minute", 60], ["second", 5]];

/**
 * How long ago, in a few characters.
 * @param {string} time RFC 3339
 * @param {number} now the server's time, in milliseconds: the viewer's clock may be wrong
 */
export function relativeTime(time, now) {
  const seconds = (now - Date.parse(time)) / 1_000;
  if (seconds >= 86_400) return date.format(new Date(time));

  const unit = units.find(([, from]) => seconds >= from);
  if (!unit) return "now";
  const [name, from] = unit;
  return relative.format(-Math.floor(seconds / (name === "second" ? 1 : from)), name);
}

/** The full date and time where the viewer is. */
export function exactTime(time) {
  return exact.format(new Date(time));
}
