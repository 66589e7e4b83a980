import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveVideo } from "livecomments";
import { Queue } from "./support/queue.js";
import { ScriptedServer } from "./support/scripted-server.js";

const Start = Date.UTC(2026, 0, 1, 20);
const timeline = [{ media: 0, at: new Date(Start).toISOString() }];

/** A comment that was posted so many seconds after the broadcast began. */
function at(seconds, message = `at ${seconds}`) {
  const createdAt = new Date(Start + seconds * 1_000).toISOString();
  return { id: `${(Start + seconds * 1_000) * 2 ** 20}`, liveVideoId: "demo", author: "Ada", message, createdAt };
}

/** A player that the test moves. */
class Player extends EventTarget {
  currentTime = 0;
  playbackRate = 1;
  paused = true;

  move(to, type = "timeupdate") {
    this.currentTime = to;
    this.dispatchEvent(new Event(type));
  }
}

class Watching {
  comments = new Queue();
  resets = new Queue();
  problems = new Queue();
  player = new Player();

  static async start(test, options = {}, place = 0) {
    const watching = new Watching();
    watching.server = await ScriptedServer.start(test);
    watching.player.currentTime = place;
    watching.replay = new LiveVideo("demo", { server: watching.server.address }).replay({
      media: watching.player,
      ...options.clock ? {} : { timeline },
      onComment: comment => watching.comments.push(comment.message),
      onReset: comments => watching.resets.push(comments.map(({ message }) => message)),
      onProblem: problem => watching.problems.push(problem),
      ...options,
    });
    test.after(() => watching.replay.close());
    return watching;
  }

  /** Answers the next requests with what was posted in their stretch, and gives where these begin, in seconds of the broadcast. */
  async answer(count, comments, complete = true) {
    const begins = [];
    while (begins.length < count) {
      const exchange = await this.server.next();
      const [from, to] = ["from", "to"].map(name => Date.parse(exchange.url.searchParams.get(name)));
      exchange.answerJson(200, {
        comments: comments.filter(({ createdAt }) => Date.parse(createdAt) >= from && Date.parse(createdAt) < to),
        nextCursor: null,
        complete,
      });
      begins.push((from - Start) / 1_000);
    }

    return begins.sort((one, other) => one - other);
  }
}

const some = [at(-20), at(-1), at(3), at(4.5), at(31), at(95), at(100)];

test("It begins with what was said before, then each comment comes at its moment", async test => {
  const watching = await Watching.start(test, {}, 1);
  assert.deepEqual(await watching.answer(2, some), [-30, 0]);
  assert.deepEqual(await watching.resets.next(), ["at -20", "at -1"]);

  watching.player.move(2.9);
  watching.player.move(3);
  assert.equal(await watching.comments.next(), "at 3");
  watching.player.move(4.499);
  watching.player.move(5);
  assert.equal(await watching.comments.next(), "at 4.5");
  assert.equal(watching.comments.length, 0);
});

test("While it plays it reads ahead, and comes by itself when a comment is due", async test => {
  const watching = await Watching.start(test, {}, 25);
  const begun = performance.now();
  Object.defineProperty(watching.player, "currentTime", { get: () => 25 + (performance.now() - begun) * 20 / 1_000 });
  watching.player.playbackRate = 20;
  watching.player.paused = false;
  assert.deepEqual(await watching.answer(2, some), [-30, 0]);
  assert.deepEqual(await watching.resets.next(), ["at -20", "at -1", "at 3", "at 4.5"]);
  assert.deepEqual(await watching.answer(1, some), [30]);
  assert.equal(await watching.comments.next(), "at 31");
});

test("It waits where all is read: also near the end of a window it leaves the page its turns", async test => {
  const watching = await Watching.start(test, {}, 25);
  watching.player.paused = false;
  assert.deepEqual(await watching.answer(2, some), [-30, 0]);
  await watching.resets.next();
  assert.deepEqual(await watching.answer(1, some), [30]);
  for (let turns = 0; turns < 50; turns++) {
    watching.player.move(25);
    await new Promise(resolve => setImmediate(resolve));
  }
  assert.equal(watching.server.waiting, 0);
});

test("A handler's own fault is not the replay's", async test => {
  const faults = [];
  const { queueMicrotask } = globalThis;
  test.mock.method(globalThis, "queueMicrotask", work => queueMicrotask(() => {
    try {
      work();
    } catch (fault) {
      faults.push(fault.message);
    }
  }));
  const watching = await Watching.start(test, {
    onReset() {
      throw new Error("fault");
    },
  }, 1);
  await watching.answer(2, some);
  while (faults.length === 0) await new Promise(resolve => setImmediate(resolve));
  watching.player.move(3);
  assert.equal(await watching.comments.next(), "at 3");
  assert.deepEqual(faults, ["fault"]);
});

test("An answer that comes late to an unfinished stretch is shown", async test => {
  test.mock.timers.enable({ apis: ["Date"], now: Start });
  const watching = await Watching.start(test, {}, 5);
  const requests = [await watching.server.next(), await watching.server.next()];
  test.mock.timers.tick(3_000);
  for (const request of requests) request.answerJson(200, { comments: [], nextCursor: null, complete: false });
  assert.deepEqual(await watching.resets.next(), []);
});

test("After a seek, ahead or back, what was said before that place is shown in place of all", async test => {
  const watching = await Watching.start(test, { backlog: 2 }, 1);
  await watching.answer(2, some);
  await watching.resets.next();

  watching.player.move(97, "seeking");
  assert.deepEqual(await watching.answer(2, some), [60, 90]);
  assert.deepEqual(await watching.resets.next(), ["at 95"]);
  watching.player.move(100.5);
  assert.equal(await watching.comments.next(), "at 100");

  // What was read is here still.
  watching.player.move(5, "seeking");
  assert.deepEqual(await watching.resets.next(), ["at 3", "at 4.5"]);
  assert.equal(watching.server.waiting, 0);
  assert.equal(watching.comments.length, 0);
});

test("A step back by a moment is no seek, and repeats nothing", async test => {
  const watching = await Watching.start(test, {}, 3.1);
  await watching.answer(2, some);
  await watching.resets.next();
  watching.player.move(2.95);
  watching.player.move(4.6);
  assert.equal(await watching.comments.next(), "at 4.5");
  assert.equal(watching.comments.length, 0);
  assert.equal(watching.resets.length, 0);
});

test("A piece that is missing in the recording is passed over with its comments", async test => {
  const pieces = [...timeline, { media: 10, at: Start + 90_000 }];
  const watching = await Watching.start(test, { timeline: pieces }, 9);
  await watching.answer(2, some);
  await watching.resets.next();

  watching.player.move(10.5);
  assert.deepEqual(await watching.answer(2, some), [60, 90]);
  assert.deepEqual(await watching.resets.next(), []);
  watching.player.move(15.5);
  assert.equal(await watching.comments.next(), "at 95");
});

test("The player's own clock serves as well; where it knows no time there are no comments", async test => {
  let clock = null;
  const watching = await Watching.start(test, { clock: () => clock });
  watching.player.move(1);
  clock = new Date(Start + 4_000);
  watching.player.move(2);
  await watching.answer(2, some);
  assert.deepEqual(await watching.resets.next(), ["at -20", "at -1", "at 3"]);
  clock = undefined;
  watching.player.move(3);
  assert.deepEqual(await watching.resets.next(), []);
});

test("What is too much for one answer is read in several", async test => {
  const watching = await Watching.start(test, {}, 29);
  const answered = [];
  while (answered.length < 3) {
    const exchange = await watching.server.next();
    const cursor = exchange.url.searchParams.get("cursor");
    answered.push(cursor);
    if (Date.parse(exchange.url.searchParams.get("from")) < Start) exchange.answerJson(200, { comments: [], nextCursor: null, complete: true });
    else if (cursor) exchange.answerJson(200, { comments: [at(3)], nextCursor: null, complete: true });
    else exchange.answerJson(200, { comments: [at(4), at(5)], nextCursor: "77", complete: true });
  }

  assert.deepEqual(answered.sort(), ["77", null, null]);
  assert.deepEqual(await watching.resets.next(), ["at 3", "at 4", "at 5"]);
});

test("A stretch to which comments may still be added is read again", async test => {
  test.mock.timers.enable({ apis: ["Date"], now: Start });
  const watching = await Watching.start(test, {}, 1);
  await watching.answer(2, [], false);
  assert.deepEqual(await watching.resets.next(), []);
  test.mock.timers.tick(2_000);
  watching.player.move(3.5);
  assert.deepEqual(await watching.answer(1, some, false), [0]);
  assert.equal(await watching.comments.next(), "at 3");
});

test("A failure is told, and it is tried again when the server says so", async test => {
  const watching = await Watching.start(test, {}, 5);
  const requests = [await watching.server.next(), await watching.server.next()];
  // Not before: fetch has timers of its own from its first request on.
  test.mock.timers.enable({ apis: ["setTimeout"] });
  for (const request of requests) request.answerJson(503, { type: "t", title: "Busy", status: 503 }, { "Retry-After": "7" });
  assert.equal((await watching.problems.next()).status, 503);
  watching.player.move(5.1);
  test.mock.timers.tick(6_999);
  await new Promise(resolve => setImmediate(resolve));
  assert.equal(watching.server.waiting, 0);
  while (watching.server.waiting === 0) {
    test.mock.timers.tick(1);
    await new Promise(resolve => setImmediate(resolve));
  }

  await watching.answer(2, some);
  assert.deepEqual(await watching.resets.next(), ["at -20", "at -1", "at 3", "at 4.5"]);
});

test("After its end nothing is called", async test => {
  const watching = await Watching.start(test, {}, 1);
  const exchange = await watching.server.next();
  watching.replay.close();
  await exchange.closed;
  watching.player.move(50);
  assert.equal(watching.resets.length + watching.comments.length + watching.problems.length, 0);
});

test("A timeline that cannot be is refused", () => {
  const video = new LiveVideo("demo", { server: "http://127.0.0.1:9/" });
  const options = { media: new Player(), onComment() { /* none */ }, onReset() { /* none */ } };
  for (const wrong of [{}, { timeline: [] }, { timeline, clock: () => 0 }, { timeline: [{ media: 0, at: "soon" }] },
    { timeline: [...timeline, { media: 0, at: Start }] }]) {
    assert.throws(() => video.replay({ ...options, ...wrong }), TypeError);
  }
});
