import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";
import { commentOf } from "./support/history.js";

const { Timeline } = await import("/watch/timeline.js");

const entries = timeline => timeline.slice(0, timeline.length);
const ids = timeline => entries(timeline).map(({ comment }) => comment.id);

function timelineOf(...ids) {
  const timeline = new Timeline();
  ids.forEach(id => timeline.add(commentOf(id)));
  return timeline;
}

test("Removed comments leave the timeline, and nothing else does", () => {
  const timeline = timelineOf("1", "2", "3", "4");
  assert.equal(timeline.remove({ ids: ["2", "4", "99"] }), undefined);
  assert.deepEqual(ids(timeline), ["1", "3"]);
  timeline.remove({ from: "2", to: "100" });
  assert.deepEqual(ids(timeline), ["1"]);
});

test("A hole before a removed comment is before the next one, and reaches as far back", () => {
  const timeline = timelineOf("1");
  timeline.addAfterHole(commentOf("5"), "1");
  timeline.addAfterHole(commentOf("9"), "7");
  timeline.add(commentOf("10"));
  timeline.remove({ ids: ["5", "9"] });
  assert.deepEqual(entries(timeline).map(({ hole }) => hole?.after), [undefined, "1"]);
});

test("A hole with no comment after it any more is given back", () => {
  const timeline = timelineOf("1");
  timeline.addAfterHole(commentOf("5"), "1");
  assert.equal(timeline.remove({ ids: ["5"] }).after, "1");
  assert.deepEqual(ids(timeline), ["1"]);
});

test("A page for a hole whose comment was removed meanwhile fills nothing", () => {
  const timeline = timelineOf("1");
  const entry = timeline.addAfterHole(commentOf("5"), "1");
  timeline.add(commentOf("6"));
  timeline.remove({ ids: ["5"] });
  assert.equal(timeline.fill(entry, { comments: [commentOf("4")], nextCursor: null }), undefined);
  assert.deepEqual(ids(timeline), ["1", "6"]);
  assert.equal(entries(timeline)[1].hole.state, "open");
});

test("Forgotten is all", () => {
  const timeline = timelineOf("1", "2");
  timeline.clear();
  assert.deepEqual([timeline.length, timeline.newestId], [0, "0"]);
});
