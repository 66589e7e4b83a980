import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";

const { neighbour, Selection } = await import("/moderate/selection.js");
const { alikeTo } = await import("/moderate/alike.js");
const { groupBans } = await import("/moderate/ban-groups.js");
const { actLines } = await import("/moderate/act-lines.js");
const { choose } = await import("/moderate/questions.js");
const { Names } = await import("/moderate/names.js");
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
  const older = [comment("Grace", 0), comment("Ada", 1), comment("Ada", 2), comment("Noa", 2), comment("Noa", 3)];
  const newest = comment("Ada", 3);
  [...older, newest].forEach(one => people.add(one));
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

test("Two of one name are two, where the server knows", () => {
  const people = new RecentPeople();
  [comment("Ada", 0, { authorId: "a" }), comment("Ada", 0, { authorId: "b" }), comment("Ada", 1, { authorId: "b" }), comment("Ada", 1)]
    .forEach(one => people.add(one));
  assert.deepEqual(list(people.top(start + 2_000, 5)), ["Ada 2", "Ada 1", "Ada 1"]);
  assert.equal(people.size, 3);
});

test("What comes from the history later is older, and those of whom nothing is left to do stand last", () => {
  const people = new RecentPeople();
  const older = comment("Ada", 1, { authorId: "a" });
  const newer = comment("Ada", 2, { authorId: "a" });
  [newer, older, comment("Noa", 1, { authorId: "n" }), comment("Max", 1, { authorId: "m" })].forEach(one => people.add(one));
  const isDone = authorId => authorId === "a" || authorId === "m";
  assert.deepEqual(list(people.top(start + 3_000, 5, isDone)), ["Noa 1", "Ada 2", "Max 1"]);
  assert.deepEqual(list(people.top(start + 3_000, 2, isDone)), ["Noa 1", "Ada 2"]);
  assert.equal(people.top(start + 3_000, 2)[0].last, newer);
});

const said = (...messages) => messages.map((message, index) => ({ id: String(index + 1), message }));

test("A stretch grows and shrinks from where it began; what has gone is not selected", () => {
  const selection = new Selection();
  const known = said("a", "b", "c", "d");
  const ids = () => selection.all.map(({ id }) => id).join("");
  selection.only(known[2]);
  selection.extendTo(known[0], known);
  assert.equal(ids(), "123");
  selection.extendTo(known[3], known);
  assert.equal(ids(), "34");
  selection.toggle(known[0]);
  assert.equal(ids(), "134");
  selection.toggle(known[0]);
  assert.equal(ids(), "34");
  selection.only(known[1]);
  selection.add([known[3], known[0]]);
  assert.equal(ids(), "124");
  assert.equal(selection.current, known[1]);
  assert.equal(selection.drop(({ id }) => id === "2"), true);
  assert.equal(selection.drop(({ id }) => id === "2"), false);
  assert.equal(selection.current, undefined);
  assert.equal(selection.place, "2");
  selection.clear();
  assert.deepEqual([selection.size, selection.place], [0, null]);
});

test("Alike is what says the same in another guise, and not what shares a word", () => {
  const spam = alikeTo({ message: "Free tickets!! visit tickets-x7f3.example now" });
  for (const message of [
    "Free tickets!! visit tickets-q1z9.example now", "FREE TICKETS visit  tickets-x7f3.example NOW!", "free tickets now, visit tickets-kk.example 42",
    "freeeee tickets visit tickets x f example now",
  ]) assert.ok(spam({ message }), message);
  for (const message of ["When are the tickets free?", "Hello", "visit me", "", "now"]) assert.ok(!spam({ message }), message);
  assert.ok(alikeTo({ message: "GOOOAL!!!" })({ message: "goal" }));
  assert.ok(!alikeTo({ message: "2-0" })({ message: "2-1" }));
  assert.ok(!alikeTo({ message: "🎉🎉" })({ message: "🔥" }));
  assert.ok(alikeTo({ message: "🎉" })({ message: "🎉 " }));
});

const by = { authorId: "mod", name: "Grace" };
const act = (action, seconds, more = {}) => ({ action, by, at: new Date(start + seconds * 1_000).toISOString(), ...more });
const lines = entries => actLines(entries, id => id.toUpperCase()).map(({ by, text, why }) => [by, text, why].filter(Boolean).join(" | "));

test("What moderators have done is told in a sentence each, whole waves in one", () => {
  const wave = ["a", "b", "c", "d", "e"].map((authorId, index) => act("ban", 20 - index, { target: { authorId }, reason: "wave", details: { until: "x", removeFrom: "1" } }));
  assert.deepEqual(lines([
    act("settings", 30, { details: { preset: "calm" } }),
    act("settings", 29, { details: { slowSeconds: 10, links: "hold", mayPost: "established", holdAll: false, state: "readOnly" } }),
    act("settings", 28, { details: { slowSeconds: null, mayPost: null, later: 1 } }),
    ...wave,
    { action: "checkpoint", at: new Date(start).toISOString() },
    act("ban", 9, { target: { authorId: "z" }, details: {} }),
    act("lift", 8, { target: { authorId: "z" } }),
    act("ban", 7, { target: { authorId: "s" }, details: { until: "x" } }),
    act("ban", 7, { target: { authorId: "z" }, details: { removeFrom: "1" } }),
    act("remove", 7, { target: { comment: "1", authorId: "q" }, note: "again" }),
    act("remove", 6, { target: { comment: "2", authorId: "q" } }),
    act("remove", 5, { target: { comment: "3", authorId: "r" } }),
    act("remove-many", 4, { details: { ids: ["1", "2"] } }),
    act("remove-many", 3, { target: { authorId: "q" }, details: {} }),
    act("remove-many", 2, {}),
    act("publish", 1, { target: { heldId: "1", authorId: "q" } }),
    { ...act("refuse", 0, { target: { heldId: "1" } }), by: { authorId: "mod" } },
    act("later", 0, {}),
  ]), [
    "Grace | changed the modes: calm",
    "Grace | changed the modes: slow mode 10 s, links are held, no newcomers, not all are held, read only",
    "Grace | changed the modes: no slow mode, everyone may post, later",
    "Grace | timed out A, B, C and 2 others | wave",
    "Grace | banned Z",
    "Grace | let Z write again",
    "Grace | silenced S",
    "Grace | banned Z",
    "Grace | removed a comment of Q | again",
    "Grace | removed 2 comments of Q, R",
    "Grace | removed 2 comments",
    "Grace | removed all comments of Q",
    "Grace | removed all comments",
    "Grace | published a held comment of Q",
    "MOD | refused a held comment",
    "Grace | later",
  ]);
});

test("Names of those against whom something was done outlive a reload; others are known while the page is open", () => {
  const kept = {};
  const memory = { recall: name => kept[name] ?? null, remember: (name, value) => (kept[name] = JSON.parse(JSON.stringify(value))) };
  const names = new Names(memory);
  names.see({ authorId: "a", author: "Ada" });
  names.see({ author: "Nobody" });
  names.keep("m", "Max");
  assert.deepEqual(["a", "m", "x"].map(id => names.of(id)), ["Ada", "Max", "x"]);
  assert.deepEqual(["a", "m", "x"].map(id => new Names(memory).of(id)), ["a", "Max", "x"]);
});

test("Before an act on many people or on a moderator it asks, and shows what they wrote; of many those of moderators are left out", async () => {
  const asked = [];
  const questions = answer => ({
    ask: async question => (asked.push(question), answer),
    ofOne: ({ author }) => `Ban ${author}?`,
    ofMany: (count, people) => `${count} of ${people}?`,
  });
  const one = comment("Ada", 0, { authorId: "a" });
  const again = comment("Ada", 1, { authorId: "a", message: "x".repeat(100) });
  const moderator = comment("Grace", 1, { authorId: "g", role: "moderator" });
  const others = ["b", "c", "d", "e"].map(authorId => comment(authorId.toUpperCase(), 2, { authorId }));

  assert.deepEqual(await choose([one], questions(false)), [[one], ""]);
  assert.deepEqual(await choose([one, again, moderator], questions(false)), [[one, again], " Those of moderators and hosts were left out."]);
  assert.deepEqual(await choose([], questions(true)), [[], ""]);
  assert.deepEqual(asked, []);
  assert.deepEqual(await choose([moderator], questions(false)), [[], ""]);
  assert.deepEqual(await choose([one, others[0]], questions(true)), [[one, others[0]], ""]);
  assert.deepEqual(await choose([one, again, ...others], questions(false)), [[], ""]);
  assert.deepEqual(asked, [
    "Grace is a moderator here. Ban Grace?", "2 of Ada, B? They wrote: “Hello”",
    `6 of 5 people (Ada, B, C …)? They wrote: “Hello”, “${"x".repeat(60)}”`,
  ]);
});

test("The last act alone is undone, once, if it can be, and not when it is too old", () => {
  const undo = new Undo();
  undo.offer("first", async () => {}, 0);
  undo.offer("second", async () => {}, 1_000);
  assert.equal(undo.next(2_000).what, "second");
  assert.equal(undo.take(2_000).what, "second");
  assert.equal(undo.take(2_000), undefined);
  undo.offer("third", async () => {}, 3_000);
  undo.forget();
  assert.equal(undo.take(3_000), undefined);
  undo.offer("fourth", async () => {}, 3_000);
  assert.equal(undo.take(3_000 + UndoTime), undefined);
});

test("A wave of bans is one group, and what was done one by one is not", () => {
  const ban = (authorId, seconds, more = {}) =>
    ({ authorId, since: new Date(start + seconds * 1_000).toISOString(), until: null, reason: null, ...more });
  const wave = ["a", "b", "c", "d", "e", "f"].map((id, index) => ban(id, 100 - index * 9));
  const ids = groups => groups.map(group => group.map(({ authorId }) => authorId).join(""));
  assert.deepEqual(ids(groupBans([ban("x", 120), ...wave, ban("y", 20), ban("z", 19)])), ["x", "abcdef", "y", "z"]);
  assert.deepEqual(ids(groupBans(wave.map((one, index) => ({ ...one, reason: index < 3 ? "spam" : null })))), [..."abcdef"]);
  assert.deepEqual(ids(groupBans(wave.map((one, index) => ({ ...one, until: index < 3 ? "2026-01-01T13:00:00Z" : null })))), [..."abcdef"]);
  assert.deepEqual(ids(groupBans(wave.map(({ since, ...one }) => one))), [..."abcdef"]);
});

const inChat = { writing: false, place: "chat" };
const inQueue = { writing: false, place: "queue" };
const inPeople = { writing: false, place: "people" };

test("Each key does one thing, in its place", () => {
  for (const [key, inTheChat, inTheQueue] of [
    ["d", "remove", undefined], ["s", "silence", "silence"], ["t", "timeOut", "timeOut"], ["b", "ban", "ban"], ["p", "pin", "publish"], ["a", undefined, "publish"],
    ["r", undefined, "refuse"], ["j", "newer", "newer"], ["ArrowUp", "older", "older"], ["u", "undo", "undo"], ["D", "remove", undefined],
    ["?", "help", "help"], ["Escape", "back", "back"], ["x", undefined, undefined], ["l", "alike", undefined], ["K", "older", "older"],
  ]) {
    assert.equal(actOf({ key }, inChat), inTheChat, key);
    assert.equal(actOf({ key }, inQueue), inTheQueue, key);
  }
  for (const [key, act] of [["K", "olderToo"], ["ArrowUp", "olderToo"], ["j", "newerToo"], ["ArrowDown", "newerToo"], ["D", "remove"], ["?", "help"]]) {
    assert.equal(actOf({ key, shiftKey: true }, inChat), act, key);
  }
  assert.equal(actOf({ key: "K", shiftKey: true }, inQueue), "older");
  for (const [key, act] of [["j", "newer"], ["ArrowUp", "older"], ["t", "timeOut"], ["b", "ban"], ["d", undefined], ["l", undefined], ["p", undefined]])
    assert.equal(actOf({ key }, inPeople), act, key);
});

test("No key acts while one writes, with a modifier, or when it is switched off; only moves are repeated by holding a key down", () => {
  for (const { keys: [key], act } of keys) assert.equal(actOf({ key }, { ...inChat, writing: true }), act === "back" ? "back" : undefined);
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
