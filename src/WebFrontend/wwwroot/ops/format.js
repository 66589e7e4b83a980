const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const few = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** A count: whole, and short from a million on. */
export const count = value => (value < 1_000_000 ? whole : short).format(value);

/** A measured number with three digits that count. */
export const number = value => (value < 1_000 ? few : whole).format(value);

/** Milliseconds, or what there is to say where there are none. */
export const milliseconds = value => (value === undefined || value === null ? "–" : `${number(value)} ms`);

/** Bytes, in the largest unit that gives at least one. */
export function bytes(value) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = Math.min(Math.floor(Math.log2(Math.max(value, 1)) / 10), units.length - 1);
  return `${few.format(value / 1_024 ** power)} ${units[power]}`;
}

/** A time span in its two largest units. */
export function duration(seconds) {
  const parts = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];
  const first = Math.max(parts.findIndex(([, length]) => seconds >= length), 0);
  return parts.slice(first, first + 2)
    .map(([unit, length], index) => `${Math.floor((index ? seconds % parts[first][1] : seconds) / length)} ${unit}`)
    .join(" ");
}
