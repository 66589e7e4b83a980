import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveVideo, ProblemError, compareIds, createIdempotencyKey } from "livecomments";
import { ScriptedServer } from "./support/scripted-server.js";

const draft = { author: "Ada", message: "Grüße 🎉" };
const posted = { id: "7", liveVideoId: "demo", ...draft, createdAt: "2026-01-01T00:00:00.000Z" };

async function start(test, id = "demo", path = "") {
  const server = await ScriptedServer.start(test);
  return { server, video: new LiveVideo(id, { server: server.address + path }) };
}

test("A post sends author and message as JSON, and gives the comment", async test => {
  const { server, video } = await start(test);
  const post = video.post({ ...draft, extra: true });

  const exchange = await server.next();
  assert.equal(exchange.request.method, "POST");
  assert.equal(exchange.request.url, "/comments/demo");
  assert.equal(exchange.request.headers["content-type"], "application/json");
  assert.match(exchange.request.headers["idempotency-key"], /^[0-9a-f]{32}$/);
  assert.deepEqual(JSON.parse(await exchange.body()), draft);
  exchange.answerJson(201, posted);
  assert.deepEqual(await post, posted);
});

test("A post may answer a comment", async test => {
  const { server, video } = await start(test);
  const post = video.post({ ...draft, replyTo: "5" });

  const exchange = await server.next();
  assert.deepEqual(JSON.parse(await exchange.body()), { ...draft, replyTo: "5" });
  exchange.answerJson(201, { ...posted, replyTo: "5" });
  assert.equal((await post).replyTo, "5");
});

test("A post whose answer is lost fails with status 0, and is tried again with the same key", async test => {
  const { server, video } = await start(test);
  const idempotencyKey = createIdempotencyKey();

  const lost = video.post(draft, { idempotencyKey });
  const first = await server.next();
  first.break();
  await assert.rejects(lost, error => error instanceof ProblemError && error.status === 0 && error.cause instanceof Error);

  const again = video.post(draft, { idempotencyKey });
  const second = await server.next();
  second.answerJson(200, posted);
  assert.deepEqual(await again, posted);
  assert.deepEqual([first, second].map(({ request }) => request.headers["idempotency-key"]), [idempotencyKey, idempotencyKey]);
});

test("Two posts without a key are two comments", async test => {
  const { server, video } = await start(test);
  const posts = [video.post(draft), video.post(draft)];
  const keys = new Set();
  for (const id of ["1", "2"]) {
    const exchange = await server.next();
    keys.add(exchange.request.headers["idempotency-key"]);
    exchange.answerJson(201, { ...posted, id });
  }
  await Promise.all(posts);
  assert.equal(keys.size, 2);
});

test("A refused post says why and when to come again", async test => {
  const { server, video } = await start(test);
  const post = video.post(draft);
  const type = "urn:problem-type:livecomments:too-many-posts";
  (await server.next()).answerJson(429, { type, detail: "Slower." }, { "Retry-After": "3" });
  await assert.rejects(post, { name: "ProblemError", status: 429, type, message: "Slower.", retryAfter: 3 });
});

test("An answer that is no JSON is no answer", async test => {
  const { server, video } = await start(test);
  const post = video.post(draft);
  (await server.next()).answer(200, { "Content-Type": "text/html" }, "<h1>Log in</h1>");
  await assert.rejects(post, { name: "ProblemError", status: 0 });
});

test("A request without an answer within 15 s fails with status 0", async test => {
  const clock = new AbortController();
  const timeout = test.mock.method(AbortSignal, "timeout", () => clock.signal);
  const { server, video } = await start(test);
  const post = video.post(draft);
  const silent = await server.next();
  assert.deepEqual(timeout.mock.calls.map(call => call.arguments), [[15_000]]);

  clock.abort(new DOMException("time is up", "TimeoutError"));
  await assert.rejects(post, error => error.status === 0 && error.cause.name === "TimeoutError");
  await silent.closed;
});

test("A request that its page gives up ends with the page's reason", async test => {
  const { server, video } = await start(test);
  const page = new AbortController();
  const requests = [video.post(draft, { signal: page.signal }), video.pageBack({ signal: page.signal })];
  const exchanges = [await server.next(), await server.next()];
  const reason = new Error("the page has gone");
  page.abort(reason);
  for (const request of requests) await assert.rejects(request, error => error === reason);
  for (const exchange of exchanges) await exchange.closed;
});

test("A page of history is asked for with its limit and where it goes on", async test => {
  const { server, video } = await start(test);
  for (const [options, url] of [
    [undefined, "/comments/demo?limit=50"],
    [{ limit: 2, before: "9" }, "/comments/demo?limit=2&cursor=9"],
  ]) {
    const reading = video.pageBack(options);
    const exchange = await server.next();
    assert.deepEqual([exchange.request.method, exchange.request.url], ["GET", url]);
    exchange.answerJson(200, { comments: [posted], nextCursor: null });
    assert.deepEqual(await reading, { comments: [posted], nextCursor: null });
  }
});

for (const wrong of [7_200_000, -7_200_000]) {
  test(`The server's time is known from its answers where one's own clock is ${wrong} ms off`, async test => {
    const { server, video } = await start(test);
    const now = Date.now();
    const reading = video.pageBack();
    const date = new Date(now - wrong).toUTCString();
    (await server.next()).answerJson(200, { comments: [], nextCursor: null }, { Date: date });
    await reading;
    const late = video.now() - (Date.now() - wrong);
    assert.ok(Math.abs(late) <= 1_000, `${late} ms`);
  });
}

test("A refused page of history says why", async test => {
  const { server, video } = await start(test);
  const reading = video.pageBack({ limit: 0 });
  (await server.next()).answerJson(400, { detail: "limit is 1 to 200." });
  await assert.rejects(reading, { name: "ProblemError", status: 400, message: "limit is 1 to 200." });
});

test("A server may lie under a path, and an id cannot leave it", async test => {
  const { server, video } = await start(test, "../a/b?c#d", "live/");
  const reading = video.pageBack();
  const exchange = await server.next();
  assert.equal(exchange.request.url, "/live/comments/..%2Fa%2Fb%3Fc%23d?limit=50");
  exchange.answerJson(200, { comments: [], nextCursor: null });
  await reading;
});

test("A module that came from no server must be told of one", () => {
  assert.throws(() => new LiveVideo("demo"), { name: "TypeError", message: /new LiveVideo\("demo", { server }\)/ });
  assert.throws(() => new LiveVideo("demo", { server: "comments.example" }), TypeError);
});

test("Ids are ordered as the numbers that they are", () => {
  const ids = ["18446744073709551615", "9", "10", "1843217387520000001", "1843217387520000000", "0"];
  assert.deepEqual(ids.toSorted(compareIds), ["0", "9", "10", "1843217387520000000", "1843217387520000001", "18446744073709551615"]);
  assert.equal(compareIds("7", "7"), 0);
});

test("No two keys are the same", () => {
  const keys = Array.from({ length: 1_000 }, createIdempotencyKey);
  assert.equal(new Set(keys).size, keys.length);
  for (const key of keys) assert.match(key, /^[0-9a-f]{32}$/);
});

test("A post that a moderator is to see first gives what is held, and what became of it can be asked for", async test => {
  const server = await ScriptedServer.start(test);
  const video = new LiveVideo("demo", { server: server.address });
  const posting = video.post({ author: "Ada", message: "Hello" });
  (await server.next()).answerJson(202, { status: "held", heldId: "7", expires: "2026-01-31T12:00:00.000Z" });
  const held = await posting;
  assert.equal(held.heldId, "7");

  const reading = video.readHeld(held.heldId);
  const request = await server.next();
  assert.equal(request.url.pathname, "/comments/demo/held/7");
  request.answerJson(200, { status: "published", heldId: "7", id: "9" });
  assert.deepEqual(await reading, { status: "published", heldId: "7", id: "9" });
});
