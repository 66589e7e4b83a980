import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";

const { neighbour } = await import("/moderate/selection.js");
const { RecentPeople } = await import("/moderate/recent-people.js");
const { Undo, UndoTime } = await import("/moderate/undo.js");
const { actOf, keys } = await import("/moderate/keys.js");
const { faultOf, refusalOf } = await import("/moderate/token.js");
const { isCalm } = await import("/moderate/modes-panel.js");

test("Where nothing is selected one begins with the newest", () => {
  assert.equal(neighbour(["1", "2"], null, -1), "2");
  assert.equal(neighbour(["1", "2"], null, 1), "2");
  assert.equal(neighbour([], null, -1), null);
});

test("A step leads to the neighbour, and not over the ends; ids are no strings", () => {
  const ids = ["8", "9", "10", "11"];
  assert.equal(neighbour(ids, "10", -1), "9");
  assert.equal(neighbour(ids, "10", 1), "11");
  assert.equal(neighbour(ids, "8", -1), null);
  assert.equal(neighbour(ids, "11", 1), null);
});

test("Where the selected comment has gone, a step goes on from its place", () => {
  assert.equal(neighbour(["8", "12"], "10", -1), "8");
  assert.equal(neighbour(["8", "12"], "10", 1), "12");
});

const start = Date.parse("2026-01-01T12:00:00Z");
let lastId = 0;
const comment = (author, seconds, more = {}) =>
  ({ id: String(++lastId), author, message: "Hello", createdAt: new Date(start + seconds * 1_000).toISOString(), ...more });
const list = people => people.map(({ last, count }) => `${last.author} ${count}`);

test("The most active come first, with their last comment; more than asked for are not given", () => {
  const people = new RecentPeople();
  const newest = comment("Ada", 3);
  [comment("Grace", 0), comment("Ada", 1), comment("Ada", 2), comment("Noa", 2), comment("Noa", 3), newest].forEach(one => people.add(one));
  assert.deepEqual(list(people.top(start + 4_000, 2)), ["Ada 3", "Noa 2"]);
  assert.equal(people.top(start + 4_000, 2)[0].last, newest);
});

test("Five minutes later they are forgotten, a little at a time", () => {
  const people = new RecentPeople();
  for (let second = 0; second < 60; second++) people.add(comment("Ada", second));
  people.add(comment("Grace", 59));
  assert.deepEqual(list(people.top(start + 60_000, 5)), ["Ada 60", "Grace 1"]);
  assert.deepEqual(list(people.top(start + 330_000, 5)), ["Ada 30", "Grace 1"]);
  assert.deepEqual(list(people.top(start + 360_000, 5)), []);
});

test("Two of one name are two, where the server knows; and their names are known", () => {
  const people = new RecentPeople();
  [comment("Ada", 0, { authorId: "a" }), comment("Ada", 0, { authorId: "b" }), comment("Ada", 1, { authorId: "b" }), comment("Ada", 1)]
    .forEach(one => people.add(one));
  assert.deepEqual(list(people.top(start + 2_000, 5)), ["Ada 2", "Ada 1", "Ada 1"]);
  assert.equal(people.nameOf("b"), "Ada");
  assert.equal(people.nameOf("c"), undefined);
});

test("The last act is undone first, each once, and none that is too old", () => {
  const undo = new Undo();
  const back = async () => {};
  undo.offer("first", back, 0);
  undo.offer("second", async () => {}, 1_000);
  assert.equal(undo.take(2_000).words, "second");
  assert.equal(undo.takeThis(back, 2_000).words, "first");
  assert.equal(undo.takeThis(back, 2_000), undefined);
  undo.offer("third", back, 3_000);
  assert.equal(undo.take(3_000 + UndoTime), undefined);
  assert.ok(UndoTime >= 10_000);
});

const inChat = { writing: false, place: "chat" };
const inQueue = { writing: false, place: "queue" };

test("Each key does one thing, in its place", () => {
  for (const [key, inTheChat, inTheQueue] of [
    ["d", "remove", undefined], ["t", "timeOut", undefined], ["b", "ban", undefined], ["p", undefined, "publish"], ["a", undefined, "publish"],
    ["r", undefined, "refuse"], ["j", "newer", "newer"], ["ArrowUp", "older", "older"], ["u", "undo", "undo"], ["D", "remove", undefined],
    ["?", "help", "help"], ["Escape", "back", "back"], ["x", undefined, undefined],
  ]) {
    assert.equal(actOf({ key }, inChat), inTheChat, key);
    assert.equal(actOf({ key }, inQueue), inTheQueue, key);
  }
});

test("No key acts while one writes, with a modifier, or when it is switched off; only moves are repeated by holding a key down", () => {
  for (const { keys: [key] } of keys) assert.equal(actOf({ key }, { ...inChat, writing: true }), undefined);
  for (const modifier of ["ctrlKey", "metaKey", "altKey", "isComposing"]) assert.equal(actOf({ key: "d", [modifier]: true }, inChat), undefined);
  assert.equal(actOf({ key: "d" }, { ...inChat, lettersOff: true }), undefined);
  assert.equal(actOf({ key: "ArrowDown" }, { ...inChat, lettersOff: true }), "newer");
  assert.equal(actOf({ key: "d", repeat: true }, inChat), undefined);
  assert.equal(actOf({ key: "j", repeat: true }, inChat), "newer");
});

const tokenOf = claims => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;
const good = { exp: start / 1_000 + 60, scope: "comments:post comments:moderate", videos: ["demo"] };

test("A token's fault is said", () => {
  const faultIn = changes => faultOf(tokenOf({ ...good, ...changes }), "demo", start);
  assert.equal(faultIn({}), undefined);
  assert.equal(faultIn({ scope: ["comments:manage"], videos: ["d*"] }), undefined);
  assert.match(faultIn({ exp: start / 1_000 - 61 }), /expired/);
  assert.equal(faultIn({ exp: start / 1_000 - 30 }), undefined);
  assert.match(faultIn({ scope: "comments:post" }), /comments:moderate/);
  assert.match(faultIn({ videos: ["other", "dem"] }), /another video/);
  assert.match(faultIn({ videos: undefined }), /another video/);
  assert.match(faultOf("nonsense", "demo", start), /no token/);
  assert.match(faultOf(undefined, "demo", start), /Sign in/);
});

test("What the server says of a token is told from what it says of other things", () => {
  assert.match(refusalOf({ type: "urn:livecomments:problem:not-for-this-video" }), /another video/);
  assert.equal(refusalOf({ type: "urn:livecomments:problem:no-such-comment" }), undefined);
  assert.equal(refusalOf(undefined), undefined);
});

test("Calm is what the preset sets", () => {
  const calm = { slowSeconds: 30, mayPost: "established", establishedMinutes: 10, uniqueSeconds: 300, links: "refuse", state: "open" };
  assert.equal(isCalm(calm), true);
  assert.equal(isCalm({ ...calm, links: "text" }), false);
});
