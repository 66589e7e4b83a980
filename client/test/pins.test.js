import assert from "node:assert/strict";
import { test } from "node:test";
import { beBrowser } from "./support/browser.js";
import { Follower } from "./support/follower.js";
import { comment, pin, removal, ScriptedServer } from "./support/scripted-server.js";

async function start(test) {
  const server = await ScriptedServer.start(test);
  const follower = new Follower(test, server);
  const stream = (await server.next()).openStream();
  return { server, follower, stream };
}

test("A pin is told at first and when it changes, and is no place to go on from", async test => {
  const { server, follower, stream } = await start(test);
  stream.send(pin(1), comment(1), pin(1), pin(7), pin(null), comment(2));

  assert.equal((await follower.pins.next()).message, "pinned 1");
  assert.equal((await follower.pins.next()).id, "7");
  assert.equal(await follower.pins.next(), null);
  assert.deepEqual(await follower.ids(2), ["1", "2"]);
  stream.end();
  const again = await server.next();
  assert.equal(again.url.searchParams.get("after"), "2");
  again.openStream().send(pin(null), comment(3));
  assert.deepEqual(await follower.ids(1), ["3"]);
  assert.equal(follower.pins.length, 0, "the same again is no news");
});

test("A removal unpins before the server says so", async test => {
  const { follower, stream } = await start(test);
  stream.send(pin(1), comment(1), removal(2, { ids: ["1"] }), pin(null), comment(3));
  assert.equal((await follower.pins.next()).id, "1");
  assert.equal(await follower.pins.next(), null);
  assert.deepEqual(await follower.ids(2), ["1", "3"]);
  assert.equal(follower.pins.length, 0);
});

test("All pages of a browser are told, and one that joins later gets nothing that was removed", async test => {
  beBrowser(test);
  const { server, follower: leader, stream } = await start(test);
  stream.send(pin(4), comment(5));
  await leader.ids(1);
  const second = new Follower(test, server, { backlog: 1 });
  assert.equal((await second.pins.next()).id, "4");
  assert.deepEqual(await second.ids(1), ["5"]);

  stream.send(removal(6, { ids: ["4"] }), comment(7));
  for (const page of [leader, second]) {
    if (page === leader) await page.pins.next();
    assert.equal(await page.pins.next(), null);
  }
  const third = new Follower(test, server, { backlog: 1 });
  assert.deepEqual(await third.ids(1), ["7"]);
  assert.equal(third.pins.length, 0);
});
