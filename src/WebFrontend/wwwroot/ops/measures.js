import { bytes, count, milliseconds, number } from "./format.js";

/** What a comment may take from being posted to being with the viewers, in milliseconds. */
const Budget = 200;

/**
 * What is measured. Each has a card with its value, what is to be said of it, and a chart.
 * @typedef {object} Measure
 * @property {string} name
 * @property {(report: object, node: object) => string} value the large number
 * @property {(report: object, node: object) => string} note what belongs to it
 * @property {{ name: string, of: (sample: object) => number | null }[]} series the lines of the chart
 * @property {(value: number) => string} format of a value in the chart
 * @property {(report: object, node: object) => string | false} concern why it is not as it should be, in a word or two
 * @property {number} [least] the chart is at least this high
 * @property {number} [unit] the chart's height is a round number of these
 * @property {number} [limit] a line that should not be crossed
 */

const rate = value => `${count(value)}/s`;

const latency = key => ({
  value: report => milliseconds(report[key]?.p99),
  note: report => report[key] ? `p50 ${milliseconds(report[key].p50)} · p95 ${milliseconds(report[key].p95)}, last minute` : "no comments in the last minute",
  series: [{ name: "p50", of: sample => sample[key]?.p50 ?? null }, { name: "p99", of: sample => sample[key]?.p99 ?? null }],
  format: milliseconds,
  least: 10,
});

/** @type {Measure[]} */
export const measures = [
  {
    name: "Viewers",
    value: ({ now }) => count(now.viewers),
    note: ({ now }, node) => `of ${count(node.maxViewers)} · ${count(now.slowViewers)} slow`,
    series: [{ name: "viewers", of: sample => sample.viewers }],
    format: count,
    concern: ({ now }, node) => now.viewers > 0.9 * node.maxViewers ? "nearly full" : now.slowViewers > 0.05 * now.viewers && "many slow",
  },
  {
    name: "Comments in",
    value: ({ now }) => rate(now.commentsIn),
    note: report => `${count(report.comments)} since the start`,
    series: [{ name: "comments", of: sample => sample.commentsIn }],
    format: rate,
    concern: () => false,
  },
  {
    name: "Deliveries out",
    value: ({ now }) => rate(now.deliveriesOut),
    note: report => `${count(report.deliveries)} since the start`,
    series: [{ name: "deliveries", of: sample => sample.deliveriesOut }],
    format: rate,
    concern: () => false,
  },
  {
    name: "Refused",
    value: ({ now }) => rate(now.refused),
    note: report => `${count(lastMinute(report))} in the last minute · ${count(report.gaps)} gaps ever`,
    series: [{ name: "refused", of: sample => sample.refused }, { name: "gaps", of: sample => sample.gaps }],
    format: rate,
    concern: report => report.refusals.some(({ reason, lastMinute }) => lastMinute > 0 && isOurs(reason)) && "overloaded",
  },
  {
    name: "Append, p99",
    ...latency("append"),
    concern: ({ append }) => append?.p95 > Budget / 2 && "slow store",
  },
  {
    name: "End to end, p99",
    ...latency("delivery"),
    limit: Budget,
    concern: ({ delivery }) => delivery?.p99 > Budget && "over 200 ms",
  },
  {
    name: "Processor",
    value: ({ now }) => `${number(now.cpu)}%`,
    note: (_, node) => `of ${node.processors} ${node.processors === 1 ? "processor" : "processors"}`,
    series: [{ name: "processor", of: sample => sample.cpu }],
    format: value => `${number(value)}%`,
    concern: ({ now }) => now.cpu > 85 && "nearly all",
    least: 100,
  },
  {
    name: "Memory",
    value: ({ now }) => bytes(now.memory),
    note: report => `${bytes(report.heap)} of it managed`,
    series: [{ name: "memory", of: sample => sample.memory }],
    format: bytes,
    concern: () => false,
    least: 100 * 2 ** 20,
    unit: 2 ** 20,
  },
];

/** Some refusals are the client's doing; these say that the node has too much to do, or a store that fails. */
const isOurs = reason => ["overloaded", "store_failed", "too_many_viewers"].includes(reason);

const lastMinute = report => report.refusals.reduce((sum, refusal) => sum + refusal.lastMinute, 0);
