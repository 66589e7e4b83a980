import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";
import { History } from "./support/history.js";

const { Timeline } = await import("/watch/timeline.js");
const { TimelineWindow } = await import("/watch/timeline-window.js");

const following = { following: true, above: 5_000, below: 0 };
const reading = { following: false, above: 5_000, below: 5_000 };
const atTop = { following: false, above: 0, below: 5_000 };
const atBottom = { following: false, above: 5_000, below: 0 };

/** A timeline of so many comments, and what shows a part of it. */
function start(count) {
  const history = new History();
  const timeline = new Timeline();
  const window = new TimelineWindow();
  const receive = count => {
    for (let i = 0; i < count; i++) timeline.add(history.add());
  };
  receive(count);
  return { history, timeline, window, receive };
}

const part = ({ from, to }) => [from, to];
const firstId = (timeline, { from }) => timeline.slice(from, from + 1)[0].comment.id;

test("It shows all of a short timeline", () => {
  const { timeline, window } = start(10);
  window.stay(timeline, following);
  assert.deepEqual(part(window), [0, 10]);
  for (const position of [following, atTop, atBottom]) assert.equal(window.isAtEdge(timeline, position), false);
});

test("While one follows it shows the newest 300, as they come", () => {
  const { timeline, window, receive } = start(1_000);
  window.stay(timeline, following);
  assert.deepEqual(part(window), [700, 1_000]);
  receive(50);
  window.move(timeline, following);
  assert.deepEqual(part(window), [750, 1_050]);
});

test("It reaches further back for 300 that are shown if some are passed over, but not without end", () => {
  const { timeline, window } = start(3_000);
  timeline.slice(2_000, 3_000).forEach((entry, index) => (entry.sampledOut = index % 2 === 1));
  window.stay(timeline, following);
  assert.deepEqual(part(window), [2_400, 3_000]);

  timeline.slice(0, 3_000).forEach(entry => (entry.sampledOut = true));
  window.stay(timeline, following);
  assert.deepEqual(part(window), [1_000, 3_000]);
});

test("Once one ceases to follow it shows the last 300 of all, those passed over too", () => {
  const { timeline, window } = start(3_000);
  timeline.slice(2_500, 3_000).forEach(entry => (entry.sampledOut = true));
  window.stay(timeline, following);
  window.stay(timeline, reading);
  assert.deepEqual(part(window), [2_700, 3_000]);
});

test("While one reads it stays with the same comments, whatever comes before or after them", () => {
  const { history, timeline, window, receive } = start(500);
  const [last] = history.backlog(1);
  timeline.skip(last.id, last.id);
  const { hole } = timeline.add(last);
  window.stay(timeline, following);
  window.stay(timeline, reading);
  const first = firstId(timeline, window);
  receive(200);
  timeline.fill(hole, history.pageBack(hole.before, 100));
  window.stay(timeline, reading);
  assert.equal(firstId(timeline, window), first);
  assert.equal(window.to - window.from, 300);
});

test("At an edge it moves by 60, there and back again, as far as there is something", () => {
  const { timeline, window } = start(400);
  window.stay(timeline, following);
  window.stay(timeline, reading);
  assert.equal(window.isAtEdge(timeline, reading), false);
  assert.equal(window.isAtEdge(timeline, atTop), true);
  const seen = [];
  for (const position of [atTop, atTop, atTop, atBottom, atBottom, atBottom]) {
    window.move(timeline, position);
    seen.push(part(window));
  }
  assert.deepEqual(seen, [[40, 340], [0, 300], [0, 300], [60, 360], [100, 400], [100, 400]]);
  assert.equal(window.isAtEdge(timeline, atBottom), false);
});

test("A timeline that is too long is cut, and what one reads stays in the window", () => {
  const { timeline, window, receive } = start(4_000);
  window.stay(timeline, following);
  window.stay(timeline, reading);
  const first = firstId(timeline, window);
  for (let i = 0; i < 40; i++) {
    receive(100);
    window.stay(timeline, reading);
    assert.equal(firstId(timeline, window), first);
  }
  assert.equal(timeline.length, 5_000);
});
