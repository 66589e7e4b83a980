/** How long to wait before trying again where the browser has given up, in milliseconds. */
const RetryDelay = 3_000;

/** Reports come every second: after this long without one, the numbers are old. Milliseconds. */
const LongestSilence = 5_000;

/**
 * Follows the node's events, and comes back by itself.
 * @param {object} handlers
 * @param {(node: object) => void} handlers.onNode once for each connection: what does not change, and the last minutes
 * @param {(report: object) => void} handlers.onReport each second
 * @param {(state: "live" | "stopping" | "lost") => void} handlers.onState
 */
export function followNode({ onNode, onReport, onState }) {
  const events = new EventSource("/ops/events");
  let silence;
  events.addEventListener("node", ({ data }) => onNode(JSON.parse(data)));
  events.addEventListener("report", ({ data }) => {
    const report = JSON.parse(data);
    clearTimeout(silence);
    silence = setTimeout(() => onState("lost"), LongestSilence);
    onState(report.ready ? "live" : "stopping");
    onReport(report);
  });
  events.addEventListener("error", () => {
    onState("lost");
    // A browser gives up for good where it was answered with an error.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => followNode({ onNode, onReport, onState }), RetryDelay);
  });
}
