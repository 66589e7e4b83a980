import assert from "node:assert/strict";
import { test } from "node:test";
import { beBrowser } from "./support/browser.js";
import { Follower } from "./support/follower.js";
import { comment, ScriptedServer, settings, usual } from "./support/scripted-server.js";

async function start(test) {
  const server = await ScriptedServer.start(test);
  const follower = new Follower(test, server);
  const stream = (await server.next()).openStream();
  return { server, follower, stream };
}

test("Settings are told at first and when they change, and are no place to go on from", async test => {
  const { server, follower, stream } = await start(test);
  stream.send(settings({ slowSeconds: 30 }), comment(1), settings({ slowSeconds: 30 }), settings({}));

  assert.deepEqual(await follower.settings.next(), { ...usual, slowSeconds: 30 });
  assert.deepEqual(await follower.settings.next(), usual);
  assert.deepEqual(await follower.ids(1), ["1"]);
  stream.end();
  const again = await server.next();
  assert.equal(again.url.searchParams.get("after"), "1");
  again.openStream().send(settings({}), comment(2), settings({ state: "ended" }));
  assert.deepEqual(await follower.ids(1), ["2"]);
  // The same again is no news.
  assert.deepEqual(await follower.settings.next(), { ...usual, state: "ended" });
});

test("Who wants no settings misses nothing", async test => {
  const server = await ScriptedServer.start(test);
  const follower = new Follower(test, server, { onSettings: undefined });
  (await server.next()).openStream().send(settings({ slowSeconds: 30 }), comment(1));
  assert.deepEqual(await follower.ids(1), ["1"]);
});

test("All pages of a browser are told, those that join later and those that still wait for the history too", async test => {
  beBrowser(test);
  const { server, follower: leader, stream } = await start(test);
  stream.send(settings({ slowSeconds: 30 }), comment(5));
  await leader.settings.next();
  await leader.ids(1);

  const second = new Follower(test, server, { backlog: 1 });
  assert.deepEqual(await second.settings.next(), { ...usual, slowSeconds: 30 });
  assert.deepEqual(await second.ids(1), ["5"]);
  const third = new Follower(test, server, { backlog: 2 });
  assert.deepEqual(await third.settings.next(), { ...usual, slowSeconds: 30 });
  const history = await server.next();
  stream.send(settings({ state: "readOnly" }));
  for (const page of [leader, second]) assert.deepEqual(await page.settings.next(), { ...usual, state: "readOnly" });
  history.answerJson(200, { comments: [], nextCursor: null, removals: [], lastRemoval: "0" });
  assert.deepEqual(await third.settings.next(), { ...usual, state: "readOnly" });
  assert.equal(second.settings.length + third.settings.length, 0);
});
