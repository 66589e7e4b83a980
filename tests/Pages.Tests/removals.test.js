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

/** A comment comes before which others are missing. */
function addAfterHole(timeline, id, after) {
  timeline.skip(after, id);
  return timeline.add(commentOf(id));
}

const holes = timeline => entries(timeline).map(({ hole }) => hole?.after);

test("Removed comments leave the timeline, and nothing else does", () => {
  const timeline = timelineOf("1", "2", "3", "4");
  timeline.remove({ ids: ["2", "4", "99"] });
  assert.deepEqual(ids(timeline), ["1", "3"]);
  timeline.remove({ from: "2", to: "100" });
  assert.deepEqual(ids(timeline), ["1"]);
  assert.equal(timeline.end, null);
});

test("A hole before a removed comment is before the next one, and reaches as far back", () => {
  const timeline = timelineOf("1");
  addAfterHole(timeline, "5", "1");
  addAfterHole(timeline, "9", "7");
  timeline.add(commentOf("10"));
  timeline.remove({ ids: ["5", "9"] });
  assert.deepEqual(entries(timeline).map(({ hole }) => hole), [null, { after: "1", before: "9", state: "open" }]);
});

test("A hole with no comment after it any more is at the end, until the next comes", () => {
  const timeline = timelineOf("1");
  const { hole } = addAfterHole(timeline, "5", "1");
  timeline.remove({ ids: ["5"] });
  assert.deepEqual([ids(timeline), timeline.end, timeline.startsAtBeginning], [["1"], hole, true]);
  assert.equal(timeline.add(commentOf("6")).hole, hole);
  assert.equal(timeline.end, null);
});

test("Where all is removed, what is older can still be loaded", () => {
  const timeline = new Timeline();
  addAfterHole(timeline, "8", null);
  timeline.add(commentOf("9"));
  timeline.remove({ from: "0", to: "9" });
  assert.deepEqual([timeline.length, timeline.start, timeline.startsAtBeginning], [0, timeline.end, false]);

  const rest = timeline.fill(timeline.end, { comments: [commentOf("7"), commentOf("6")], nextCursor: "6" });
  assert.deepEqual([ids(timeline), timeline.end, rest], [["6", "7"], null, { after: null, before: "6", state: "open" }]);
  assert.equal(timeline.start, rest);
});

test("A page that is empty though there are older ones leaves the rest of the hole where it was", () => {
  const timeline = timelineOf("1");
  const entry = addAfterHole(timeline, "90", "1");
  const rest = timeline.fill(entry.hole, { comments: [], nextCursor: "50" });
  assert.deepEqual([entry.hole, rest], [{ after: "1", before: "50", state: "open" }, entry.hole]);
  assert.equal(timeline.fill(rest, { comments: [commentOf("40")], nextCursor: "40" }).before, "40");
  assert.deepEqual(ids(timeline), ["1", "40", "90"]);

  timeline.remove({ ids: ["40", "90"] });
  assert.equal(timeline.fill(timeline.end, { comments: [], nextCursor: "20" }), timeline.end);
  assert.deepEqual(timeline.end, { after: "1", before: "20", state: "open" });
  assert.equal(timeline.fill(timeline.end, { comments: [], nextCursor: null }), undefined);
  assert.equal(timeline.end, null);
});

test("A page for a hole whose comment was removed meanwhile fills what is left of it", () => {
  const timeline = timelineOf("1");
  const { hole } = addAfterHole(timeline, "5", "1");
  timeline.add(commentOf("6"));
  timeline.remove({ ids: ["5"] });
  assert.deepEqual(holes(timeline), [undefined, "1"]);
  assert.equal(timeline.fill(hole, { comments: [commentOf("4")], nextCursor: null }), undefined);
  assert.deepEqual(ids(timeline), ["1", "4", "6"]);
});

test("A page for a hole that is gone fills nothing", () => {
  const timeline = timelineOf("1");
  const { hole } = addAfterHole(timeline, "5", "1");
  timeline.skip(null, "90");
  assert.equal(timeline.fill(hole, { comments: [commentOf("4")], nextCursor: null }), undefined);
  assert.deepEqual([ids(timeline), timeline.end], [[], { after: null, before: "90", state: "open" }]);
});

test("What is there of a gap is not known to be there any more; what is newer stays", () => {
  const timeline = timelineOf("1", "7", "95");
  timeline.skip("5", "90");
  assert.deepEqual(ids(timeline), ["1", "95"]);
  assert.deepEqual(timeline.end, { after: "5", before: "90", state: "open" });
  timeline.add(commentOf("90"));
  assert.deepEqual([ids(timeline), holes(timeline)], [["1", "90", "95"], [undefined, "5", undefined]]);
});

test("Of two gaps with nothing between them one hole is left that holds both", () => {
  const timeline = timelineOf("1");
  timeline.skip("5", "50");
  timeline.skip("50", "90");
  assert.deepEqual(timeline.end, { after: "5", before: "90", state: "open" });
});

test("How many are newer is counted also after one that was removed", () => {
  const timeline = timelineOf("1", "5", "6", "7");
  assert.equal(timeline.countAfter("5"), 2);
  timeline.remove({ ids: ["5"] });
  assert.deepEqual([timeline.countAfter("5"), timeline.countAfter("7"), timeline.countAfter("0")], [2, 0, 3]);
});
