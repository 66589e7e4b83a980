import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveVideo } from "livecomments";
import { beBrowser } from "./support/browser.js";
import { Queue } from "./support/queue.js";
import { ScriptedServer, comment } from "./support/scripted-server.js";

const posted = { id: "7", liveVideoId: "demo", author: "Grace", message: "Hello", createdAt: "2026-01-01T00:00:00.000Z" };

/** A token that expires in so many seconds. Nobody signs it. */
function tokenFor(seconds, subject = "a") {
  const payload = { sub: subject, exp: Math.floor(Date.now() / 1_000) + seconds };
  return `e30.${Buffer.from(JSON.stringify(payload)).toString("base64url")}.e30`;
}

/** A video whose tokens the test gives one after the other, and what was asked. */
async function start(test, ...tokens) {
  const server = await ScriptedServer.start(test);
  const asked = [];
  const token = async ({ refused }) => {
    asked.push(refused);
    return tokens[Math.min(asked.length, tokens.length) - 1];
  };
  return { server, asked, video: new LiveVideo("demo", { server: server.address, token }) };
}

const authorization = ({ request }) => request.headers.authorization;

test("A post carries the token, which is asked for once", async test => {
  const token = tokenFor(600);
  const { server, asked, video } = await start(test, token);
  for (const _ of [1, 2]) {
    const post = video.post({ message: "Hello" });
    const exchange = await server.next();
    assert.equal(authorization(exchange), `Bearer ${token}`);
    assert.deepEqual(JSON.parse(await exchange.body()), { message: "Hello" });
    exchange.answerJson(201, posted);
    await post;
  }
  assert.deepEqual(asked, [undefined]);
});

test("Posts that need a token at once share one answer", async test => {
  const { server, asked, video } = await start(test, tokenFor(600));
  const posts = [video.post({ message: "1" }), video.post({ message: "2" })];
  for (const _ of posts) (await server.next()).answerJson(201, posted);
  await Promise.all(posts);
  assert.equal(asked.length, 1);
});

test("A token that ends soon is asked for anew", async test => {
  const [soon, later] = [tokenFor(10, "soon"), tokenFor(600, "later")];
  const { server, asked, video } = await start(test, soon, later);
  for (const token of [soon, later, later]) {
    const post = video.post({ message: "Hello" });
    const exchange = await server.next();
    assert.equal(authorization(exchange), `Bearer ${token}`);
    exchange.answerJson(201, posted);
    await post;
  }
  assert.deepEqual(asked, [undefined, soon]);
});

test("After a 401 the post is sent again with a new token, under its key, and no third time", async test => {
  const [old, fresh] = [tokenFor(600, "old"), tokenFor(600, "fresh")];
  const { server, asked, video } = await start(test, old, fresh);
  const post = video.post({ message: "Hello" });
  const first = await server.next();
  first.answerJson(401, { type: "urn:problem-type:livecomments:invalid-token" });
  const second = await server.next();
  assert.deepEqual([first, second].map(authorization), [`Bearer ${old}`, `Bearer ${fresh}`]);
  assert.equal(first.request.headers["idempotency-key"], second.request.headers["idempotency-key"]);
  second.answerJson(401, { type: "urn:problem-type:livecomments:invalid-token" });
  await assert.rejects(post, { status: 401 });
  assert.deepEqual(asked, [undefined, old]);
});

test("Where nobody is signed in nothing is sent", async test => {
  const { server, video } = await start(test, null);
  const post = video.post({ author: "Ada", message: "Hello" });
  const exchange = await server.next();
  assert.equal(authorization(exchange), undefined);
  exchange.answerJson(201, posted);
  await post;
});

test("A public video is read without the token", async test => {
  const { server, asked, video } = await start(test, tokenFor(600));
  const page = video.pageBack();
  const exchange = await server.next();
  assert.equal(authorization(exchange), undefined);
  exchange.answerJson(200, { comments: [], nextCursor: null });
  await page;
  assert.deepEqual(asked, []);
});

test("A private one is followed with it from the first refusal on, and goes on at once when it has expired", async test => {
  const [first, second] = [tokenFor(20, "first"), tokenFor(600, "second")];
  const { server, asked, video } = await start(test, first, second);
  const comments = new Queue();
  const connection = video.connect({ onComment: ({ id }) => comments.push(id) });
  test.after(() => connection.close());

  (await server.next()).answerJson(401, { type: "urn:problem-type:livecomments:token-needed" });
  const stream = await server.next();
  assert.equal(authorization(stream), `Bearer ${first}`);
  stream.openStream().send("retry: 600000\n\n", comment(1), "event: token-expired\ndata: {}\n\n").end();
  assert.equal(await comments.next(), "1");

  const again = await server.next();
  assert.equal(authorization(again), `Bearer ${second}`);
  assert.equal(again.url.searchParams.get("after"), "1");
  again.openStream().send(comment(2));
  assert.equal(await comments.next(), "2");
  assert.deepEqual(asked, [undefined, first]);
});

test("Tabs of one person ask once for the next token, and those of another do not take it", async test => {
  beBrowser(test);
  const old = () => tokenFor(10, "a");
  const first = await start(test, old(), tokenFor(600, "a"));
  const others = [];
  const tab = (...tokens) => {
    const asked = [];
    others.push(asked);
    const token = async ({ refused }) => tokens[Math.min(asked.push(refused), tokens.length) - 1];
    return new LiveVideo("demo", { server: first.server.address, token });
  };
  const [same, stranger] = [tab(old(), "never"), tab(tokenFor(10, "b"), tokenFor(600, "b"))];
  const videos = [first.video, same, stranger];
  for (const video of videos) {
    const post = video.post({ message: "Hello" });
    (await first.server.next()).answerJson(201, posted);
    await post;
  }

  const sent = [];
  const posts = videos.map(video => video.post({ message: "Hello" }));
  while (sent.length < posts.length) {
    const exchange = await first.server.next();
    sent.push(JSON.parse(atob(authorization(exchange).split(".")[1])).sub);
    exchange.answerJson(201, posted);
  }
  await Promise.all(posts);
  assert.deepEqual(sent.sort(), ["a", "a", "b"]);
  assert.deepEqual([first.asked.length, ...others.map(asked => asked.length)], [2, 1, 2]);
});

test("A post that gets no token within 15 s fails with status 0", async test => {
  const clock = new AbortController();
  test.mock.method(AbortSignal, "timeout", () => clock.signal);
  const { video } = await start(test, new Promise(() => {}));
  const post = video.post({ message: "Hello" });
  clock.abort(new DOMException("time is up", "TimeoutError"));
  await assert.rejects(post, error => error.status === 0 && error.cause.name === "TimeoutError");
});

test("A tab that is frozen while it asks keeps no other from its token", async test => {
  beBrowser(test);
  const [old, fresh] = [tokenFor(10), tokenFor(600)];
  const { server, asked, video } = await start(test, old, new Promise(() => {}));
  const other = new LiveVideo("demo", { server: server.address, token: ({ refused }) => refused ? fresh : old });
  for (const tab of [video, other]) {
    const post = tab.post({ message: "Hello" });
    (await server.next()).answerJson(201, posted);
    await post;
  }

  video.post({ message: "Never" }).catch(() => {});
  const waits = new Queue();
  test.mock.method(AbortSignal, "timeout", () => {
    const wait = new AbortController();
    waits.push(wait);
    return wait.signal;
  });
  other.post({ message: "Hello" }).catch(() => {});
  const [, forTheTab] = [await waits.next(), await waits.next()];
  assert.deepEqual(asked, [undefined, old]);
  forTheTab.abort();
  assert.equal(authorization(await server.next()), `Bearer ${fresh}`);
});
