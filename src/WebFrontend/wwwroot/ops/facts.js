import { bytes, count, duration, number } from "./format.js";

const states = { live: "Live", stopping: "Stopping", lost: "No news from the node" };

/** @param {"live" | "stopping" | "lost"} state */
export function showState(state) {
  const status = document.querySelector(".node-state");
  if (status.dataset.state === state) return;
  status.dataset.state = state;
  status.textContent = states[state];
}

/** Shows what does not change. */
export function showNode({ machine, version, processors }) {
  document.querySelector(".node-name").textContent = machine;
  // The commit's name is as long as one needs to find it.
  show("version", version.replace(/(\+.{8}).*/, "$1"));
  show("processors", processors);
}

/** Shows the facts of a report that have no chart. */
export function showReport(report) {
  show("uptime", duration(report.uptime));
  show("watched", `${count(report.watchedVideos)} watched`);
  show("comments", count(report.comments));
  show("deliveries", count(report.deliveries));
  show("gaps", count(report.gaps));
  show("store", report.storeSize === null ? "not known" : bytes(report.storeSize));
  show("hook", hookText(report.reviewHook));
  show("firehose", firehoseText(report.firehose));
  show("active", count(report.activeVideos));
  show("heap", bytes(report.heap));
  show("gc", `${number(report.gcPause)}%`);
  show("threads", count(report.threads));
}

/** @param {{ state: "closed" | "open" | "probing", since: number } | null | undefined} hook */
function hookText(hook) {
  if (!hook) return "none";
  return hook.state === "closed" ? "answers" : `${hook.state} since ${new Date(hook.since).toLocaleTimeString()}`;
}

/** @param {{ entries: number, seconds: number, takes: boolean } | null | undefined} firehose */
function firehoseText(firehose) {
  if (!firehose) return "none";
  if (firehose.entries === 0) return "in sync";
  const age = firehose.seconds > 0 ? `, ${duration(firehose.seconds)}` : "";
  return `${count(firehose.entries)} behind${age}${firehose.takes ? "" : ", not taken"}`;
}

function show(fact, value) {
  document.querySelector(`[data-fact="${fact}"]`).textContent = value;
}
