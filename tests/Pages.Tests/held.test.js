import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "./support/pages.js";

const { followHeld } = await import("/watch/held.js");

/** A video whose answers are given; the times at which it was asked are kept. */
function videoOf(...answers) {
  const asked = [];
  return {
    asked,
    async readHeld(id) {
      asked.push([id, Date.now()]);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

async function follow(test, video, held) {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 0 });
  test.after(() => mock.timers.reset());
  let outcome;
  followHeld(video, held, decided => outcome = decided);
  for (let second = 0; second < 200 && !outcome; second++) {
    await new Promise(resolve => setImmediate(resolve));
    mock.timers.tick(1_000);
  }
  return outcome;
}

const held = { status: "held", heldId: "7" };

test("It asks more and more seldom until a moderator has decided, whatever fails meanwhile", async test => {
  const video = videoOf(held, new Error("away"), held, held, held, held, { status: "published", heldId: "7", id: "9" });
  assert.deepEqual(await follow(test, video, held), { status: "published", heldId: "7", id: "9" });
  const times = video.asked.map(([, at]) => at);
  assert.equal(times[0], 5_000);
  const waits = times.slice(1).map((at, index) => at - times[index]);
  assert.ok(waits.every((wait, index) => index === 0 || wait >= waits[index - 1]), `${waits}`);
  assert.ok(waits.at(-1) <= 31_000, `${waits}`);
});

test("One that was removed with others of its author was not let through", async test => {
  const gone = Object.assign(new Error("gone"), { status: 404 });
  assert.equal((await follow(test, videoOf(gone), held)).status, "refused");
});

test("What is decided already need not be asked for", async test => {
  const video = videoOf();
  assert.equal((await follow(test, video, { ...held, status: "expired" })).status, "expired");
  assert.equal(video.asked.length, 0);
});
