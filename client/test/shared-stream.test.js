import assert from "node:assert/strict";
import { test } from "node:test";
import { comment, gap, ScriptedServer } from "./support/scripted-server.js";
import { Follower } from "./support/follower.js";
import { beBrowser } from "./support/browser.js";

const value = id => JSON.parse(/data: (.*)/.exec(comment(id))[1]);
const page = (...ids) => ({ comments: ids.map(value), nextCursor: null, removals: [], lastRemoval: "0" });

async function start(test) {
  const document = beBrowser(test);
  const server = await ScriptedServer.start(test);
  const leader = new Follower(test, server);
  const stream = (await server.next()).openStream();
  await leader.state("live");
  return { document, server, leader, stream };
}

test("A second page has no stream of its own, begins with the same backlog, and hears all that follows", async test => {
  const { server, leader, stream } = await start(test);
  stream.send(comment(1), comment(2), comment(3));
  assert.deepEqual(await leader.ids(3), ["1", "2", "3"]);

  const second = new Follower(test, server, { backlog: 2 });
  assert.deepEqual(await second.state("live"), { status: "live", resumedAfter: undefined });
  assert.deepEqual(await second.ids(2), ["2", "3"]);
  stream.send(comment(4));
  assert.deepEqual([await second.ids(1), await leader.ids(1)], [["4"], ["4"]]);
  assert.equal(server.waiting, 0);
});

test("What the leader has not, a page that wants more reads from the history", async test => {
  const { server, leader, stream } = await start(test);
  stream.send(comment(5), comment(6));
  await leader.ids(2);

  const second = new Follower(test, server, { backlog: 4 });
  const history = await server.next();
  assert.equal(history.request.url, "/comments/demo?limit=2&cursor=5&removals=true");
  // What comes meanwhile waits for its turn.
  stream.send(comment(7));
  await leader.ids(1);
  history.answerJson(200, page(4, 3));
  assert.deepEqual(await second.ids(5), ["3", "4", "5", "6", "7"]);
});

test("A page that resumes is given what it missed, or told of a gap", async test => {
  const { server, leader, stream } = await start(test);
  stream.send(comment(5), comment(6));
  await leader.ids(2);

  assert.deepEqual(await new Follower(test, server, { after: "5" }).ids(1), ["6"]);

  const older = new Follower(test, server, { after: "3" });
  (await server.next()).answerJson(200, page(4, 3));
  assert.deepEqual(await older.ids(3), ["4", "5", "6"]);

  const oldest = new Follower(test, server, { after: "1" });
  (await server.next()).answerJson(200, { ...page(4, 3), nextCursor: "3" });
  assert.deepEqual(await oldest.gaps.next(), { after: "1", before: "3" });
  assert.deepEqual(await oldest.ids(4), ["3", "4", "5", "6"]);
});

test("A gap is told to all", async test => {
  const { server, leader, stream } = await start(test);
  stream.send(comment(1));
  const second = new Follower(test, server, { backlog: 1 });
  await Promise.all([leader.ids(1), second.ids(1)]);

  stream.send(gap(1, 90), comment(90), comment(91));
  for (const tab of [leader, second]) {
    assert.deepEqual(await tab.gaps.next(), { after: "1", before: "90" });
    assert.deepEqual(await tab.ids(2), ["90", "91"]);
  }
});

test("An entry of a kind that is not known is a place for all pages", async test => {
  const { server, leader, stream } = await start(test);
  stream.send(comment(1));
  const second = new Follower(test, server, { backlog: 1 });
  await Promise.all([leader.ids(1), second.ids(1)]);

  stream.send("id: 2\nevent: later\ndata: {}\n\n", comment(3), "id: 4\nevent: later\ndata: {}\n\n");
  assert.deepEqual([await leader.ids(1), await second.ids(1)], [["3"], ["3"]]);
  const third = new Follower(test, server, { after: "2" });
  assert.deepEqual(await third.ids(1), ["3"]);
  assert.equal(server.waiting, 0);
  leader.connection.close();
  assert.equal((await server.next()).url.searchParams.get("after"), "4");
});

test("When the leader closes, the next goes on right after its own last comment", async test => {
  const { server, leader, stream } = await start(test);
  stream.send(comment(1), comment(2));
  await leader.ids(2);
  const second = new Follower(test, server, { backlog: 2 });
  await second.ids(2);

  leader.connection.close();
  const again = await server.next();
  assert.equal(again.url.searchParams.get("after"), "2");
  again.openStream().send(comment(3));
  assert.deepEqual(await second.ids(1), ["3"]);
});

test("An empty video's first comment reaches a page that wants no backlog", async test => {
  const { server, leader, stream } = await start(test);
  const second = new Follower(test, server, { backlog: 0 });
  (await server.next()).answerJson(200, page());
  await second.state("live");
  stream.send(comment(1));
  await leader.ids(1);
  // It cannot tell a first comment from a backlog's, and asks.
  (await server.next()).answerJson(200, page());
  assert.deepEqual(await second.ids(1), ["1"]);
});

test("A refusal and its reason are told to all", async test => {
  beBrowser(test);
  const server = await ScriptedServer.start(test);
  const tabs = [new Follower(test, server), new Follower(test, server)];
  (await server.next()).answerJson(503, { type: "urn:x", detail: "Later." }, { "Retry-After": "20" });
  for (const tab of tabs) {
    const { problem, retryAt } = await tab.state("refused");
    assert.deepEqual([problem.name, problem.status, problem.type, problem.message], ["ProblemError", 503, "urn:x", "Later."]);
    assert.ok(retryAt > Date.now());
  }
});

test("A page that opens out of sight has no stream until it is seen", async test => {
  const document = beBrowser(test);
  document.hidden = true;
  const server = await ScriptedServer.start(test);
  const tab = new Follower(test, server);
  assert.deepEqual(await tab.states.next(), { status: "connecting" });

  document.hidden = false;
  document.dispatchEvent(new Event("visibilitychange"));
  (await server.next()).openStream().send(comment(1));
  assert.deepEqual(await tab.ids(1), ["1"]);
});

test("A page that is frozen or cached lets go at once, and goes on after its last comment", async test => {
  const { document, server, leader, stream } = await start(test);
  stream.send(comment(1));
  await leader.ids(1);
  document.dispatchEvent(new Event("freeze"));
  await stream.closed;

  document.dispatchEvent(new Event("resume"));
  const again = await server.next();
  assert.equal(again.url.searchParams.get("after"), "1");
});
