import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveVideo, ProblemError, removes } from "livecomments";
import { beBrowser } from "./support/browser.js";
import { Follower } from "./support/follower.js";
import { ScriptedServer, comment, gap, removal } from "./support/scripted-server.js";
import { Viewer } from "./support/viewer.js";

const value = id => JSON.parse(/data: (.*)/.exec(comment(id))[1]);
const page = (ids, more = {}) => ({ comments: ids.map(value), nextCursor: null, asOf: "999", removals: [], lastRemoval: "0", ...more });

async function startShared(test) {
  beBrowser(test);
  const server = await ScriptedServer.start(test);
  const leader = new Follower(test, server);
  const stream = (await server.next()).openStream();
  await leader.state("live");
  return { server, leader, stream };
}

test("A removal names ids, or a range of an author's or of everybody's", () => {
  const of = (id, authorId) => ({ id, authorId });
  assert.deepEqual([of("7"), of("8")].map(it => removes({ ids: ["7", "9"] }, it)), [true, false]);
  const range = { authorId: "eve", from: "9", to: "100" };
  assert.deepEqual(
    [of("9", "eve"), of("100", "eve"), of("101", "eve"), of("8", "eve"), of("50", "ada"), of("50")].map(it => removes(range, it)),
    [true, true, false, false, false, false]);
  assert.equal(removes({ from: "9", to: "100" }, of("50")), true);
});

test("A removal comes in order, and is a place to resume from", async test => {
  const viewer = await Viewer.start(test);
  const stream = await viewer.server.next();
  stream.openStream().send(comment(1), comment(2), removal(3, { ids: ["1"] }));
  assert.deepEqual(await viewer.ids(2), ["1", "2"]);
  assert.deepEqual(await viewer.removals.next(), { ids: ["1"] });
  stream.break();

  const again = await viewer.reconnect();
  assert.equal(again.url.searchParams.get("after"), "3");
});

test("A gap tells what was removed in it as the server does", async test => {
  const viewer = await Viewer.start(test, { after: "1" });
  (await viewer.server.next()).openStream().send(gap(1, 90, { removed: ["1"] }), comment(90), gap(90, 200, { reset: true }));
  assert.deepEqual(await viewer.gaps.next(), { after: "1", before: "90", removed: ["1"] });
  assert.deepEqual(await viewer.gaps.next(), { after: "90", before: "200", reset: true });
});

/** A page of the history that is being read while the stream, which has brought one comment, goes on. */
async function startReading(test) {
  const server = await ScriptedServer.start(test);
  const viewer = new Follower(test, server);
  const stream = (await server.next()).openStream().send(comment(4));
  await viewer.ids(1);
  const reading = viewer.video.pageBack().then(({ comments }) => comments.map(({ id }) => id));
  return { server, viewer, stream, reading, exchange: await server.next() };
}

test("A page that was read before a removal does not bring the comment back", async test => {
  const { viewer, stream, reading, exchange } = await startReading(test);
  stream.send(removal(9, { ids: ["2"] }));
  await viewer.removals.next();
  exchange.answerJson(200, page([3, 2, 1], { asOf: "4" }));

  assert.deepEqual(await reading, ["3", "1"]);
  assert.equal(viewer.video.isRemoved({ id: "2" }), true);
});

for (const [what, more] of [["names the removed", { removed: ["2"] }], ["forgets all", { reset: true }], ["says nothing of removals", {}]]) {
  test(`A page that was read before the end of a gap that ${what} is read again: what was removed in the gap is not known`, async test => {
    const { server, viewer, stream, reading, exchange } = await startReading(test);
    stream.send(gap(4, 90, more));
    await viewer.gaps.next();
    exchange.answerJson(200, page([50, 4, 2], { asOf: "60" }));

    (await server.next()).answerJson(200, page([4], { asOf: "90" }));
    assert.deepEqual(await reading, ["4"]);
    assert.equal(viewer.video.isRemoved({ id: "2" }), more.removed !== undefined);
  });
}

test("A page that was read before the stream's first entry is read again: what was removed in between is not told", async test => {
  const server = await ScriptedServer.start(test);
  const viewer = new Follower(test, server);
  const stream = (await server.next()).openStream();
  await viewer.state("live");
  const reading = viewer.video.pageBack();
  const exchange = await server.next();
  stream.send(comment(9));
  await viewer.ids(1);
  exchange.answerJson(200, page([3, 2], { asOf: "8" }));
  (await server.next()).answerJson(200, page([9, 3], { asOf: "9" }));
  assert.deepEqual((await reading).comments.map(({ id }) => id), ["9", "3"]);
});

test("A page that was asked for before the stream was live is read again, though the stream has brought nothing yet", async test => {
  const server = await ScriptedServer.start(test);
  const viewer = new Follower(test, server);
  const connecting = await server.next();
  const reading = viewer.video.pageBack();
  const exchange = await server.next();
  connecting.openStream();
  await viewer.state("live");
  exchange.answerJson(200, page([3, 2], { asOf: "3" }));
  (await server.next()).answerJson(200, page([3], { asOf: "4" }));
  assert.deepEqual((await reading).comments.map(({ id }) => id), ["3"]);
});

test("A server that stays behind what was told fails the page", async test => {
  const { server, viewer, stream, reading, exchange } = await startReading(test);
  stream.send(gap(4, 90));
  await viewer.gaps.next();
  exchange.answerJson(200, page([4], { asOf: "60" }));
  const failed = assert.rejects(reading, error => error instanceof ProblemError && error.status === 0);
  for (let again = 0; again < 3; again++) (await server.next()).answerJson(200, page([4], { asOf: "60" }));
  await failed;
});

test("Who resumes is told of all that was removed since: only older pages are read again", async test => {
  const server = await ScriptedServer.start(test);
  const viewer = new Follower(test, server, { after: "5" });
  (await server.next()).openStream();
  await viewer.state("live");
  const newer = viewer.video.pageBack();
  (await server.next()).answerJson(200, page([4, 3], { asOf: "5" }));
  assert.equal((await newer).comments.length, 2);

  const older = viewer.video.pageBack();
  (await server.next()).answerJson(200, page([4, 3], { asOf: "4" }));
  (await server.next()).answerJson(200, page([4], { asOf: "6" }));
  assert.equal((await older).comments.length, 1);
});

test("A comment is removed with DELETE and the token", async test => {
  const server = await ScriptedServer.start(test);
  const video = new LiveVideo("demo", { server: server.address, token: async () => "abc" });
  const removed = video.remove("7");
  const exchange = await server.next();
  assert.deepEqual([exchange.request.method, exchange.request.url], ["DELETE", "/comments/demo/7"]);
  assert.equal(exchange.request.headers.authorization, "Bearer abc");
  exchange.answer(204);
  assert.equal(await removed, undefined);

  const refused = video.remove("8");
  (await server.next()).answerJson(403, { type: "urn:problem-type:livecomments:not-the-author", detail: "No." });
  await assert.rejects(refused, error => error instanceof ProblemError && error.status === 403);
});

test("All pages of a browser are told of a removal once, and one that comes later is not shown the comment", async test => {
  const { server, leader, stream } = await startShared(test);
  stream.send(comment(1), comment(2), comment(3));
  await leader.ids(3);
  const second = new Follower(test, server, { backlog: 3 });
  await second.ids(3);

  stream.send(removal(4, { ids: ["2"] }), comment(5));
  for (const tab of [leader, second]) {
    assert.deepEqual(await tab.removals.next(), { ids: ["2"] });
    assert.deepEqual(await tab.ids(1), ["5"]);
    assert.equal(tab.removals.length, 0);
  }
  const third = new Follower(test, server, { backlog: 3 });
  assert.deepEqual(await third.ids(3), ["1", "3", "5"]);
  assert.equal(server.waiting, 0);
});

test("A page that comes back is told what was removed meanwhile, by the leader or the history", async test => {
  const { server, leader, stream } = await startShared(test);
  stream.send(comment(5), comment(6), removal(7, { ids: ["3"] }), comment(8));
  await leader.ids(3);

  const here = new Follower(test, server, { after: "5" });
  assert.deepEqual(await here.ids(2), ["6", "8"]);
  assert.deepEqual(await here.removals.next(), { ids: ["3"] });

  const older = new Follower(test, server, { after: "2" });
  (await server.next()).answerJson(200, page([3, 2], { removals: [{ id: "4", removed: { ids: ["1"] } }], lastRemoval: "7" }));
  // Not 3: it is known to be removed.
  assert.deepEqual(await older.ids(3), ["5", "6", "8"]);
  assert.deepEqual([await older.removals.next(), await older.removals.next()], [{ ids: ["1"] }, { ids: ["3"] }]);
});

test("Where it is not known what was removed, a gap says to forget all", async test => {
  const { server, leader, stream } = await startShared(test);
  stream.send(comment(50), comment(60));
  await leader.ids(2);

  const touched = new Follower(test, server, { after: "1" });
  (await server.next()).answerJson(200, page([40, 30], { nextCursor: "30", lastRemoval: "20" }));
  assert.deepEqual(await touched.gaps.next(), { after: "1", before: "30", reset: true });

  const untouched = new Follower(test, server, { after: "25" });
  (await server.next()).answerJson(200, page([40, 30], { nextCursor: "30", lastRemoval: "20" }));
  assert.deepEqual(await untouched.gaps.next(), { after: "25", before: "30" });
});

test("What a page of a browser reads of the history is no older than what was removed before it joined", async test => {
  const { server, leader, stream } = await startShared(test);
  stream.send(comment(5), removal(7, { ids: ["3"] }));
  await leader.removals.next();

  const second = new Follower(test, server, { backlog: 4 });
  // Older than all that the leader has.
  (await server.next()).answerJson(200, page([4, 3, 2], { asOf: "4" }));
  // Older than the removal.
  (await server.next()).answerJson(200, page([4, 3], { asOf: "6" }));
  assert.deepEqual(await second.ids(2), ["4", "5"]);

  const reading = second.video.pageBack();
  (await server.next()).answerJson(200, page([4, 3], { asOf: "6" }));
  assert.deepEqual((await reading).comments.map(({ id }) => id), ["4"]);
});

test("Where all that was missed is removed, and more was, a gap says so", async test => {
  const { server, leader, stream } = await startShared(test);
  stream.send(comment(50), removal(60, { ids: ["50"] }));
  await leader.removals.next();

  const tab = new Follower(test, server, { after: "1" });
  (await server.next()).answerJson(200, page([], { nextCursor: "30", lastRemoval: "60", asOf: "60" }));
  assert.deepEqual(await tab.gaps.next(), { after: "1", before: "60", reset: true });
});

test("When the leader goes after a removal, the next goes on after it", async test => {
  const { server, leader, stream } = await startShared(test);
  stream.send(comment(1));
  await leader.ids(1);
  const second = new Follower(test, server, { backlog: 1 });
  await second.ids(1);
  stream.send(removal(2, { ids: ["1"] }));
  await second.removals.next();

  leader.connection.close();
  const again = await server.next();
  assert.equal(again.url.searchParams.get("after"), "2");
});

test("A removal that is told before its place holds at once, moves no place to go on from, and is told again there", async test => {
  const server = await ScriptedServer.start(test);
  const follower = new Follower(test, server);
  const stream = (await server.next()).openStream();
  const early = `event: comment-removed\ndata: ${JSON.stringify({ ids: ["1"], early: "9" })}\n\n`;
  stream.send(comment(1), comment(2), early);
  assert.deepEqual(await follower.ids(2), ["1", "2"]);
  assert.deepEqual(await follower.removals.next(), { ids: ["1"] });
  assert.equal(follower.video.isRemoved({ id: "1" }), true);
  stream.end();
  assert.equal((await server.next()).url.searchParams.get("after"), "2");
});
