import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveVideo } from "livecomments";
import { Follower } from "./support/follower.js";
import { comment, removal, ScriptedServer } from "./support/scripted-server.js";

async function start(test) {
  const server = await ScriptedServer.start(test);
  const video = new LiveVideo("demo", { server: server.address, token: () => "a.token" });
  return { server, video };
}

/** Checks the next request, and answers it. */
async function expect(server, method, path, body, answer) {
  const exchange = await server.next();
  assert.equal(`${exchange.request.method} ${exchange.request.url}`, `${method} ${path}`);
  assert.equal(exchange.request.headers.authorization, "Bearer a.token");
  const text = await exchange.body();
  assert.deepEqual(text === "" ? undefined : JSON.parse(text), body);
  if (answer === undefined) exchange.answer(204);
  else exchange.answerJson(200, answer);
}

for (const [name, act, method, path, body, answer, result = answer] of [
  ["remove with a reason", video => video.remove("5", { reason: "spam" }), "DELETE", "/comments/demo/5", { reason: "spam" }],
  ["remove", video => video.remove("5"), "DELETE", "/comments/demo/5"],
  ["removeAll", video => video.moderation.removeAll({ authorId: "x", since: "PT10M" }), "POST", "/comments/demo/removals",
    { authorId: "x", since: "PT10M" }, { count: 3 }],
  ["ban", video => video.moderation.ban("x", { until: "PT10M" }), "PUT", "/comments/demo/bans/x", { until: "PT10M" }, { authorId: "x" }],
  ["changeBans", video => video.moderation.changeBans({ x: { until: "PT10M" }, y: null }), "PATCH", "/comments/demo/bans",
    { x: { until: "PT10M" }, y: null }, { bans: [{ authorId: "x" }] }, [{ authorId: "x" }]],
  ["ban for good", video => video.moderation.ban("x"), "PUT", "/comments/demo/bans/x", {}, { authorId: "x" }],
  ["lift", video => video.moderation.lift("x"), "DELETE", "/comments/demo/bans/x"],
  ["settings", video => video.moderation.settings(), "GET", "/comments/demo/settings", undefined, { slowSeconds: 5 }],
  ["change", video => video.moderation.change({ preset: "calm", links: null }), "PATCH", "/comments/demo/settings", { preset: "calm", links: null },
    { slowSeconds: 30 }],
  ["held", video => video.moderation.held({ cursor: "9", limit: 20 }), "GET", "/comments/demo/held?cursor=9&limit=20", undefined, { comments: [] }],
  ["decide", video => video.moderation.decide("7", "refuse", { note: "no" }), "POST", "/comments/demo/held/7", { decision: "refuse", note: "no" },
    { status: "refused" }],
  ["audit", video => video.moderation.audit(), "GET", "/comments/demo/audit", undefined, { entries: [], nextCursor: null }],
  ["a page for staff", video => video.pageBack({ staff: true }), "GET", "/comments/demo?limit=50", undefined,
    { comments: [], nextCursor: null, asOf: "0" }],
])
  test(`A moderator's request is made with the token: ${name}`, async test => {
    const { server, video } = await start(test);
    const acting = act(video);
    await expect(server, method, path, body, answer);
    assert.deepEqual(await acting, result);
  });

test("The bans are a list, and a refusal is told", async test => {
  const { server, video } = await start(test);
  const bans = video.moderation.bans();
  await expect(server, "GET", "/comments/demo/bans", undefined, { bans: [{ authorId: "x", until: null, reason: null }] });
  assert.deepEqual((await bans).map(({ authorId }) => authorId), ["x"]);

  const acting = video.moderation.lift("x");
  (await server.next()).answerJson(403, { type: "urn:livecomments:problem:insufficient-scope", detail: "No." });
  await assert.rejects(acting, { status: 403, type: "urn:livecomments:problem:insufficient-scope", message: "No." });
});

test("A view is followed with the token, and goes on where it was", async test => {
  const server = await ScriptedServer.start(test);
  const follower = new Follower(test, server, { view: "held", token: () => "a.token" });
  const first = await server.next();
  assert.equal(first.url.searchParams.get("view"), "held");
  assert.equal(first.request.headers.authorization, "Bearer a.token");
  first.openStream().send(comment(3), removal(4, { ids: ["3"] }));
  assert.deepEqual(await follower.ids(1), ["3"]);
  assert.deepEqual(await follower.removals.next(), { ids: ["3"] });
  // What leaves the queue is removed from nowhere else.
  assert.equal(follower.video.isRemoved({ id: "3" }), false);
  first.end();
  const again = await server.next();
  assert.equal(again.url.searchParams.get("view"), "held");
  assert.equal(again.url.searchParams.get("after"), "4");
  again.openStream();
});

test("What staff are told of removals holds for pages, too", async test => {
  const server = await ScriptedServer.start(test);
  const follower = new Follower(test, server, { view: "staff", token: () => "a.token" });
  const stream = (await server.next()).openStream();
  stream.send(comment(3), removal(4, { ids: ["3"] }));
  await follower.removals.next();
  assert.equal(follower.video.isRemoved({ id: "3" }), true);
});
