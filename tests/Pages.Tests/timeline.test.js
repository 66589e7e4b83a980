import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";
import { History, commentOf } from "./support/history.js";
import { Random } from "./support/random.js";

const { Timeline } = await import("/watch/timeline.js");
const { compareIds } = await import("/client.js");

const entries = timeline => timeline.slice(0, timeline.length);
const ids = timeline => entries(timeline).map(({ comment }) => comment.id);

function timelineOf(...ids) {
  const timeline = new Timeline();
  ids.forEach(id => timeline.add(commentOf(id)));
  return timeline;
}

/** A comment comes before which others are missing. */
function addAfterHole(timeline, comment, after) {
  timeline.skip(after, comment.id);
  return timeline.add(comment);
}

/** Every comment that the timeline does not have must lie in a hole that would bring it, and it has none that was removed. */
function assertNothingIsLost(timeline, history, hint) {
  const known = ids(timeline);
  assert.deepEqual(known, [...new Set(known)].toSorted(compareIds), hint);
  const missing = new Set(history.ids);
  for (const id of known) assert.ok(missing.delete(id), `${hint}: ${id} was removed`);

  const holes = [...entries(timeline).map(({ hole, comment }) => [hole, comment.id]), [timeline.end]].filter(([hole]) => hole);
  for (const [{ before }, next] of holes) assert.ok(next === undefined || compareIds(before, next) <= 0, `${hint}: a hole after its end`);
  for (const id of missing) {
    const holds = ([{ after, before }]) => (after === null || compareIds(after, id) < 0) && compareIds(id, before) < 0;
    assert.ok(holes.some(holds), `${hint}: ${id} is lost`);
  }
}

test("Comments are in the order of their ids, each once, however they come", () => {
  assert.deepEqual(ids(timelineOf("1000", "9", "999", "9", "1000", "10")), ["9", "10", "999", "1000"]);
});

test("A comment that is there already stays as it is", () => {
  const timeline = timelineOf("1");
  const entry = timeline.slice(0, 1)[0];
  entry.sampledOut = true;
  assert.equal(timeline.add(commentOf("1")), entry);
  assert.equal(entry.sampledOut, true);
});

test("An empty timeline has an id that is older than all, and no beginning", () => {
  const timeline = new Timeline();
  assert.deepEqual([timeline.length, timeline.newestId, timeline.startsAtBeginning, timeline.indexOf("7")], [0, "0", false, 0]);
});

test("An id is found where it is, or where it would be", () => {
  const timeline = timelineOf("9", "10", "12");
  assert.deepEqual(["8", "9", "10", "11", "12", "100"].map(id => timeline.indexOf(id)), [0, 0, 1, 2, 2, 3]);
});

test("A backlog begins with a hole of unknown depth; its history fills it up to the beginning", () => {
  const history = new History();
  history.add(25);
  const timeline = new Timeline();
  const [first, ...others] = history.backlog(5);
  let { hole } = addAfterHole(timeline, first, null);
  others.forEach(comment => timeline.add(comment));
  assert.deepEqual(hole, { after: null, before: first.id, state: "open" });
  assert.equal(timeline.startsAtBeginning, false);

  const depths = [];
  while (hole) {
    hole = timeline.fill(hole, history.pageBack(hole.before, 10));
    depths.push(timeline.length);
    if (hole) assert.equal(hole, timeline.slice(0, 1)[0].hole);
  }
  assert.deepEqual(depths, [15, 25]);
  assert.deepEqual(ids(timeline), history.ids);
  assert.equal(timeline.startsAtBeginning, true);
});

test("Where older comments were removed the timeline does not pretend that they begin there", () => {
  const history = new History();
  history.add(8);
  const timeline = new Timeline();
  const { hole } = addAfterHole(timeline, history.backlog(1)[0], null);
  assert.equal(timeline.fill(hole, { ...history.pageBack(hole.before, 10), expired: true }), undefined);
  assert.deepEqual([timeline.startsAtBeginning, timeline.hasExpired], [true, true]);
  assert.equal(new Timeline().hasExpired, false);
});

test("A gap is filled from its newer end, and no further than where it begins", () => {
  const history = new History();
  const timeline = new Timeline();
  const last = history.add();
  timeline.add(last);
  history.add(12);
  const entry = addAfterHole(timeline, history.add(), last.id);
  assert.equal(entry.hole.after, last.id);

  const rest = timeline.fill(entry.hole, history.pageBack(entry.comment.id, 10));
  assert.equal(entry.hole, null);
  assert.deepEqual(rest, { after: last.id, before: history.ids[3], state: "open" });
  assert.equal(timeline.fill(rest, history.pageBack(rest.before, 10)), undefined);
  assert.deepEqual(ids(timeline), history.ids);
});

test("A hole in which nothing was missing closes, and adds nothing", () => {
  const history = new History();
  const timeline = new Timeline();
  const last = history.add();
  timeline.add(last);
  const entry = addAfterHole(timeline, history.add(), last.id);
  const { hole } = entry;
  assert.equal(timeline.fill(hole, history.pageBack(hole.before, 10)), undefined);
  assert.deepEqual([timeline.length, entry.hole], [2, null]);
  assert.equal(timeline.fill(hole, history.pageBack(hole.before, 10)), undefined);
});

test("An own comment that was there before the stream hides nothing that is older", () => {
  const history = new History();
  const timeline = new Timeline();
  history.add(5);
  timeline.add(history.add());
  history.add(5);
  let { hole } = addAfterHole(timeline, history.add(), null);
  assert.equal(timeline.startsAtBeginning, false);
  while (hole) hole = timeline.fill(hole, history.pageBack(hole.before, 4));
  assert.deepEqual(ids(timeline), history.ids);
  assert.equal(timeline.startsAtBeginning, true);
});

test("The last that are shown are counted without those passed over, and not beyond the reach", () => {
  const timeline = timelineOf("1", "2", "3", "4", "5", "6");
  for (const entry of timeline.slice(2, 5)) entry.sampledOut = true;
  assert.equal(timeline.indexOfLastShown(1, 100), 5);
  assert.equal(timeline.indexOfLastShown(2, 100), 1);
  assert.equal(timeline.indexOfLastShown(2, 3), 3);
  assert.equal(timeline.indexOfLastShown(100, 100), 0);
});

test("What is too much goes at the start while the newest are shown", () => {
  const history = new History();
  const timeline = new Timeline();
  for (let i = 0; i < 5_100; i++) timeline.add(history.add());

  assert.equal(timeline.trim(4_800, 5_100), 100);
  assert.deepEqual(ids(timeline), history.ids.slice(100));
  assert.equal(timeline.startsAtBeginning, false);
  assert.equal(timeline.trim(4_700, 5_000), 0);
  assertNothingIsLost(timeline, history);
});

test("What is too much goes between what is shown and the newest while one reads far back", () => {
  const history = new History();
  const timeline = new Timeline();
  for (let i = 0; i < 5_100; i++) timeline.add(history.add());

  assert.equal(timeline.trim(0, 300), 0);
  assert.deepEqual(ids(timeline), [...history.ids.slice(0, 300), ...history.ids.slice(400)]);
  assert.equal(timeline.startsAtBeginning, true);
  assert.equal(timeline.slice(300, 301)[0].hole.after, history.ids[299]);
  assertNothingIsLost(timeline, history);
});

test("The newest 500 stay, however much is too much", () => {
  const history = new History();
  const timeline = new Timeline();
  for (let i = 0; i < 10_100; i++) timeline.add(history.add());

  assert.equal(timeline.trim(4_600, 4_900), 0);
  assert.deepEqual(ids(timeline), [...history.ids.slice(0, 4_900), ...history.ids.slice(-500)]);
});

for (let seed = 1; seed <= 40; seed++) {
  test(`Whatever happens, each comment that was not removed is there once or lies in a hole: ${seed}`, () => {
    const random = new Random(seed);
    const history = new History();
    const timeline = new Timeline();
    let received = null;
    let loading = [];

    /** Comments come and go while nobody listens, an own one among them; then the stream resumes, or begins with a backlog. */
    function reconnect() {
      history.add(random.below(40));
      const own = history.add();
      if (random.below(2)) timeline.add(own);
      history.add(random.below(40));
      const removed = random.below(2) ? history.ids.filter(() => random.below(30) === 0) : [];
      history.remove(removed);

      const missed = received ? history.since(received) : history.backlog(1 + random.below(50));
      const sent = missed.slice(-1 - random.below(80));
      if (sent.length === 0) sent.push(history.add());
      if (received && sent.length === missed.length) {
        timeline.remove({ ids: removed });
      } else if (received && random.below(2)) {
        timeline.remove({ ids: removed.filter(id => compareIds(id, received.id) <= 0) });
        timeline.skip(received.id, sent[0].id);
      } else {
        timeline.skip(null, sent[0].id);
      }
      sent.forEach(comment => timeline.add(comment));
      // What was removed of what follows a gap is told after it.
      timeline.remove({ ids: removed.filter(id => compareIds(id, sent[0].id) >= 0) });
      received = sent.at(-1);
    }

    function ask() {
      const holes = [...entries(timeline).map(({ hole }) => hole), timeline.end].filter(hole => hole?.state === "open");
      if (holes.length === 0) return;
      const hole = holes[random.below(holes.length)];
      hole.state = "loading";
      loading.push({ hole, limit: 1 + random.below(30) });
    }

    /** What was removed since a page was asked for is not in it, or taken out of it. */
    function answer() {
      for (const { hole, limit } of loading) timeline.fill(hole, history.pageBack(hole.before, limit));
      loading = [];
    }

    function trim() {
      const from = random.below(Math.max(timeline.length, 1));
      timeline.trim(from, Math.min(from + 300, timeline.length));
    }

    function receive() {
      for (let i = random.below(300); i >= 0; i--) timeline.add((received = history.add()));
    }

    function remove() {
      const from = random.below(history.ids.length);
      const removed = history.ids.slice(from, random.below(4) ? from + random.below(100) : undefined);
      history.remove(removed);
      timeline.remove(removed.length > 20 ? { from: removed[0], to: removed.at(-1) } : { ids: removed });
    }

    timeline.add(history.add());
    for (let step = 0; step < 150; step++) {
      reconnect();
      [ask, answer, trim, receive, remove, () => {}][random.below(6)]();
      assertNothingIsLost(timeline, history, `step ${step}`);
    }
    trim();
    assert.ok(timeline.length <= 5_000);
  });
}

test("It tells what was removed from what may be missing", () => {
  const timeline = timelineOf("10", "12", "20");
  addAfterHole(timeline, commentOf("40"), "30");
  assert.equal(timeline.find("12").id, "12");
  assert.equal(timeline.find("25"), null, "it would be here");
  assert.equal(timeline.find("35"), undefined, "it may be in the hole");
  assert.equal(timeline.holeAt("35").before, "40");
  timeline.remove({ ids: ["12"] });
  assert.equal(timeline.find("12"), null);

  const later = new Timeline();
  addAfterHole(later, commentOf("12"), null);
  const { start } = later;
  assert.equal(later.find("7"), undefined, "nobody has looked");
  later.fill(start, { comments: [commentOf("10")], nextCursor: null });
  assert.equal(later.find("7"), null, "the comments begin after it");
});
