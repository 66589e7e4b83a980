import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue } from "./support/queue.js";
import { comment, gap } from "./support/scripted-server.js";
import { Viewer } from "./support/viewer.js";

test("It asks for an event stream with the backlog, and gives each comment in order", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  assert.equal(stream.request.method, "GET");
  assert.equal(stream.request.headers.accept, "text/event-stream");
  assert.equal(stream.request.url, "/comments/demo/stream?backlog=50");

  stream.openStream().send("retry: 2000\n\n", comment(1, "Grüße 🎉"), ": keep-alive\n\n", comment(2));
  assert.deepEqual(await viewer.comments.next(), {
    id: "1", liveVideoId: "demo", author: "Ada", message: "Grüße 🎉", createdAt: "2026-01-01T00:00:00.000Z",
  });
  assert.deepEqual(await viewer.ids(1), ["2"]);
  assert.deepEqual(await viewer.states.next(), { status: "connecting" });
  assert.deepEqual(await viewer.states.next(), { status: "live", resumedAfter: undefined });
});

test("It asks for as many as the page wants, after the comment that the page has", async test => {
  const viewer = await Viewer.start(test, { backlog: 0, after: "7" });
  const stream = await viewer.server.next();
  assert.equal(stream.request.url, "/comments/demo/stream?backlog=0&after=7");
  stream.openStream();
  assert.deepEqual(await viewer.state("live"), { status: "live", resumedAfter: "7" });
});

test("It resumes after the last comment that came whole", async test => {
  const viewer = await Viewer.start(test);
  const lost = await viewer.server.next();
  lost.openStream().send(comment(1), comment(2), comment(3).slice(0, -1));
  assert.deepEqual(await viewer.ids(2), ["1", "2"]);
  lost.break();

  const again = await viewer.reconnect();
  assert.equal(again.url.searchParams.get("after"), "2");
  again.openStream().send(comment(3));
  assert.deepEqual(await viewer.ids(1), ["3"]);
  assert.deepEqual(await viewer.states.next(), { status: "reconnecting" });
  assert.deepEqual(await viewer.states.next(), { status: "live", resumedAfter: "2" });
});

test("A stream that the server ends is taken up again as one that breaks", async test => {
  const viewer = await Viewer.start(test);
  const ended = await viewer.server.next();
  ended.openStream().send(comment(1)).end();
  assert.equal((await viewer.reconnect()).url.searchParams.get("after"), "1");
});

test("A gap is told with its ends, and does not change where it resumes", async test => {
  const viewer = await Viewer.start(test, { after: "1" });
  const stream = await viewer.server.next();
  stream.openStream().send(gap(1, 90));
  assert.deepEqual(await viewer.gaps.next(), { after: "1", before: "90" });
  stream.break();

  const again = await viewer.reconnect();
  assert.equal(again.url.searchParams.get("after"), "1");
  again.openStream().send(gap(1, 90), comment(90));
  assert.deepEqual(await viewer.gaps.next(), { after: "1", before: "90" });
  assert.deepEqual(await viewer.ids(1), ["90"]);
});

test("Events of other types are passed over, but their ids are places to resume from", async test => {
  const viewer = await Viewer.start(test);
  const stream = (await viewer.server.next()).openStream();
  stream.send(comment(1), "data: x\n\n", "id: 5\nevent: later\ndata: {}\n\n", "event: sooner\ndata: {}\n\n");
  assert.deepEqual(await viewer.ids(1), ["1"]);
  assert.equal(viewer.comments.length, 0);
  stream.break();
  assert.equal((await viewer.reconnect()).url.searchParams.get("after"), "5");
});

test("A refusal with Retry-After is told with its reason, and tried again no earlier", async test => {
  const viewer = await Viewer.start(test);
  const type = "urn:problem-type:livecomments:stopping";
  (await viewer.server.next()).answerJson(503, { type, detail: "Later." }, { "Retry-After": "20" });

  const { problem, retryAt } = await viewer.state("refused");
  assert.deepEqual([problem.status, problem.type, problem.message, problem.retryAfter], [503, type, "Later.", 20]);
  const wait = retryAt - Date.now();
  assert.equal(wait, 22_500);
  viewer.timers.tick(wait - 1);
  assert.equal(viewer.states.length, 0);
  viewer.timers.tick(1);
  (await viewer.server.next()).openStream().send(comment(1));
  assert.deepEqual(await viewer.ids(1), ["1"]);
});

for (const status of [408, 429, 503]) {
  test(`A ${status} is a refusal that passes`, async test => {
    const viewer = await Viewer.start(test);
    (await viewer.server.next()).answer(status);
    (await viewer.reconnect("refused")).openStream();
    await viewer.state("live");
  });
}

for (const status of [400, 403, 404]) {
  test(`A ${status} is final: nothing is tried again, and nothing is left running`, async test => {
    const viewer = await Viewer.start(test);
    const stopped = test.mock.method(globalThis, "clearInterval");
    (await viewer.server.next()).answerJson(status, { detail: "Never." });

    const { problem, retryAt } = await viewer.state("refused");
    assert.deepEqual([problem.status, problem.message, retryAt], [status, "Never.", undefined]);
    assert.equal(stopped.mock.callCount(), 1);
    viewer.connection.retryNow();
    viewer.timers.tick(3_600_000);
    assert.equal(viewer.states.length, 0);
  });
}

for (const status of [500, 502, 504]) {
  test(`A ${status} is a loss like any other`, async test => {
    const viewer = await Viewer.start(test);
    (await viewer.server.next()).answer(status, { "Content-Type": "text/html" }, "<h1>Bad gateway</h1>");
    (await viewer.reconnect()).openStream();
    await viewer.state("live");
  });
}

for (const contentType of ["text/html; charset=utf-8", "application/json", "text/event-streams", ""]) {
  test(`A 200 of type "${contentType}" is not live: it is a loss, and what it sends is not read`, async test => {
    const viewer = await Viewer.start(test);
    const page = await viewer.server.next();
    page.openStream(contentType).send(comment(1));

    (await viewer.reconnect()).openStream().send(comment(2));
    await page.closed;
    assert.deepEqual(await viewer.ids(1), ["2"]);
  });
}

test("The type of an event stream may have parameters and capitals", async test => {
  const viewer = await Viewer.start(test);
  (await viewer.server.next()).openStream("Text/Event-Stream; charset=utf-8").send(comment(1));
  assert.deepEqual(await viewer.ids(1), ["1"]);
});

test("A 204 ends it for good, as the standard has it for event streams", async test => {
  const viewer = await Viewer.start(test);
  (await viewer.server.next()).answer(204);
  assert.deepEqual(await viewer.state("ended"), { status: "ended" });
});

test("Where the live video is over one is told once, after its last comment, and it does not connect again", async test => {
  const told = [];
  const viewer = await Viewer.start(test, { onEnded: () => told.push("ended"), onComment: ({ id }) => told.push(id) });
  const stream = (await viewer.server.next()).openStream();
  stream.send(comment(1), "event: ended\ndata: {}\n\nretry: 10\n\n");
  stream.end();
  await viewer.state("ended");
  viewer.timers.tick(60_000);
  viewer.connection.retryNow();
  assert.deepEqual(told, ["1", "ended"]);
  // Who wants it anew says so: this is the next request, and there was none before.
  const again = viewer.video.connect({ onComment: () => {} });
  test.after(() => again.close());
  assert.equal((await viewer.server.next()).url.searchParams.get("after"), null);
});

test("Waits double up to half a minute, however long each failure takes", async test => {
  const viewer = await Viewer.start(test);
  const waits = [];
  for (let request = await viewer.server.next(); waits.length < 7; request = await viewer.server.next()) {
    viewer.timers.tick(8_000);
    request.break();
    waits.push(await viewer.wait());
    viewer.timers.tick(waits.at(-1));
  }
  assert.deepEqual(waits, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test("Streams that end at once are failures, too", async test => {
  const viewer = await Viewer.start(test);
  const waits = [];
  for (let request = await viewer.server.next(); waits.length < 3; request = await viewer.server.next()) {
    request.openStream().end();
    waits.push(await viewer.wait());
    viewer.timers.tick(waits.at(-1));
  }
  assert.deepEqual(waits, [2_000, 4_000, 8_000]);
});

test("After a stream that lived for a while waits begin anew", async test => {
  const viewer = await Viewer.start(test);
  (await viewer.server.next()).break();
  const bad = await viewer.reconnect();
  bad.break();
  const good = await viewer.reconnect();
  good.openStream();
  await viewer.state("live");
  viewer.timers.tick(5_001);
  good.break();
  assert.equal(await viewer.wait(), 2_000);
});

test("The first wait is the one that the server names, and no later one is shorter", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream().send("retry: 6000\n\n", comment(1));
  await viewer.ids(1);
  stream.break();

  const waits = [await viewer.wait()];
  while (waits.length < 4) {
    viewer.timers.tick(waits.at(-1));
    (await viewer.server.next()).break();
    waits.push(await viewer.wait());
  }
  assert.deepEqual(waits, [6_000, 6_000, 8_000, 16_000]);
});

test("A wait that no server can mean is cut: a timer would take it for none", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream().send("retry: 99999999999\n\n", comment(1));
  await viewer.ids(1);
  stream.break();
  assert.equal(await viewer.wait(), 600_000);
});

for (const [random, factor] of [[0, 0.75], [0.999, 1.2495]]) {
  test(`A wait is spread at random: ${factor} of its middle`, async test => {
    const viewer = await Viewer.start(test);
    Math.random.mock.mockImplementation(() => random);
    (await viewer.server.next()).break();
    assert.equal(Math.round(await viewer.wait()), 2_000 * factor);
  });
}

test("A connection that says nothing for 40 s is dead; a keep-alive is heard", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream().send(comment(1));
  await viewer.ids(1);

  viewer.timers.tick(39_000);
  stream.send(": keep-alive\n\n", comment(2));
  await viewer.ids(1);
  viewer.timers.tick(39_000);
  stream.send(comment(3));
  assert.deepEqual(await viewer.ids(1), ["3"]);

  viewer.timers.tick(45_000);
  const again = await viewer.reconnect();
  await stream.closed;
  assert.equal(again.url.searchParams.get("after"), "3");
});

test("A request that is not answered within 40 s is given up, too", async test => {
  const viewer = await Viewer.start(test);
  const silent = await viewer.server.next();
  viewer.timers.tick(45_000);
  await silent.closed;
  (await viewer.reconnect()).openStream();
  await viewer.state("live");
});

test("Closed, it ends its request and says so, once", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream().send(comment(1));
  await viewer.ids(1);

  viewer.connection.close();
  viewer.connection.close();
  await stream.closed;
  await viewer.state("closed");
  viewer.connection.retryNow();
  viewer.timers.tick(3_600_000);
  assert.deepEqual([viewer.states.length, viewer.server.waiting], [0, 0]);
});

test("Closed while it waits, it tries no more", async test => {
  const viewer = await Viewer.start(test);
  (await viewer.server.next()).break();
  await viewer.wait();
  viewer.connection.close();
  await viewer.state("closed");
  viewer.timers.tick(3_600_000);
  assert.deepEqual([viewer.states.length, viewer.server.waiting], [0, 0]);
});

test("Closed before its request is answered, it ends it", async test => {
  const viewer = await Viewer.start(test);
  const request = await viewer.server.next();
  viewer.connection.close();
  await request.closed;
  await viewer.state("closed");
});

test("Told to, it tries at once", async test => {
  const viewer = await Viewer.start(test);
  (await viewer.server.next()).break();
  await viewer.wait();
  viewer.connection.retryNow();
  (await viewer.server.next()).openStream();
  await viewer.state("live");
});

test("After a sleep too short to be silence it must hear something soon, or connects anew without a wait", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream().send(comment(1));
  await viewer.ids(1);

  // All at once, as a machine that wakes up has it.
  viewer.timers.tick(20_000);
  stream.send(comment(2));
  await viewer.ids(1);
  viewer.timers.tick(1_500);
  assert.equal(viewer.server.waiting, 0);

  viewer.timers.tick(20_000);
  viewer.timers.tick(1_500);
  const again = await viewer.server.next();
  await stream.closed;
  assert.equal(again.url.searchParams.get("after"), "2");
  assert.equal((await viewer.states.next()).status, "connecting");
  assert.equal((await viewer.states.next()).status, "live");
  // Not answered within a second, it is told.
  viewer.timers.tick(1_000);
  await viewer.state("reconnecting");
});

test("It leaves a network that is lost, and tries at once when there is one again", async test => {
  const page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  test.after(() => delete globalThis.addEventListener);
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream();
  await viewer.state("live");

  page.dispatchEvent(new Event("offline"));
  await stream.closed;
  await viewer.wait();
  page.dispatchEvent(new Event("online"));
  (await viewer.server.next()).openStream();
  await viewer.state("live");
});

test("A handler that throws is reported, and ends nothing", async test => {
  const reported = new Queue();
  const queueMicrotask = globalThis.queueMicrotask;
  test.mock.method(globalThis, "queueMicrotask", task => queueMicrotask(() => {
    try {
      task();
    } catch (error) {
      reported.push(error.message);
    }
  }));
  const fail = message => () => {
    throw new Error(message);
  };
  const viewer = await Viewer.start(test, { onState: fail("state"), onGap: fail("gap"), onComment: fail("comment") });

  const stream = await viewer.server.next();
  stream.openStream().send(gap(1, 2), comment(2)).end();
  for (const message of ["state", "state", "gap", "comment", "state"]) assert.equal(await reported.next(), message);
  viewer.timers.tick(2_000);
  assert.equal((await viewer.server.next()).url.searchParams.get("after"), "2");
});
