import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";

const { modesFor } = await import("/watch/modes.js");

const usual = { slowSeconds: 0, mayPost: "everyone", establishedMinutes: 10, uniqueSeconds: 0, links: "text", delaySeconds: 0, state: "open" };
const guest = { moderates: false, isGuest: true };
const person = { moderates: false, isGuest: false };
const moderator = { moderates: true, isGuest: false };

test("Without modes there is nothing to say", () => {
  assert.deepEqual(modesFor(usual, guest), { closed: false, words: "", pause: 0 });
});

for (const [changes, words] of [
  [{ state: "ended" }, "This live video is over. It takes no more comments."],
  [{ state: "readOnly" }, "This live video can only be read now."],
  [{ mayPost: "moderators" }, "Only moderators may write now."],
  [{ mayPost: "nobody" }, "Nobody may write now."],
  [{ mayPost: "signedIn" }, "Only who is signed in may write now."],
])
  test(`A closed composer says why: ${words}`, () => {
    assert.deepEqual(modesFor({ ...usual, slowSeconds: 5, ...changes }, guest), { closed: true, words, pause: 0 });
  });

test("An open one says the rules", () => {
  const calm = { ...usual, slowSeconds: 30, mayPost: "established", links: "refuse", uniqueSeconds: 300 };
  assert.deepEqual(modesFor(calm, guest), {
    closed: false,
    words: "New guests may write after 10 minutes. Slow mode: one comment every 30 seconds. Links are not taken.",
    pause: 30,
  });
  assert.equal(modesFor({ ...calm, slowSeconds: 1 }, person).words, "Slow mode: one comment every 1 second. Links are not taken.");
  assert.equal(modesFor({ ...usual, delaySeconds: 5 }, person).words, "Others see comments after 5 seconds.");
});

test("Who is signed in may write where guests may not, and moderators until the end", () => {
  assert.equal(modesFor({ ...usual, mayPost: "signedIn" }, person).closed, false);
  assert.deepEqual(modesFor({ ...usual, state: "readOnly", slowSeconds: 5 }, moderator), { closed: false, words: "", pause: 0 });
  assert.equal(modesFor({ ...usual, state: "ended" }, moderator).closed, true);
});
