import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";

const { Sampler } = await import("/watch/sampler.js");

/** Admits comments that come evenly for so many seconds, and counts those shown in each. */
function play(sampler, { from = 1_000_000, seconds, perSecond }) {
  return Array.from({ length: seconds }, (_, second) => {
    let shown = 0;
    for (let i = 0; i < perSecond; i++) shown += Number(sampler.admit(from + second * 1_000 + (i * 1_000) / perSecond));
    return shown;
  });
}

test("All are shown while no more come than can be read", () => {
  assert.deepEqual(play(new Sampler(), { seconds: 10, perSecond: 60 }), Array(10).fill(60));
});

test("After a quiet time 120 come at once", () => {
  const sampler = new Sampler();
  const burst = now => Array.from({ length: 200 }, () => sampler.admit(now)).filter(Boolean).length;
  assert.equal(burst(1_000_000), 120);
  assert.equal(burst(1_000_000), 0);
  assert.equal(burst(1_000_500), 30);
  assert.equal(burst(1_600_000), 120);
});

test("Of many, 60 a second are shown, spread over the second", () => {
  const sampler = new Sampler();
  const [, ...later] = play(sampler, { seconds: 5, perSecond: 1_000 });
  for (const shown of later.slice(1)) assert.ok(shown >= 59 && shown <= 61, String(shown));

  const tenths = Array.from({ length: 10 }, (_, tenth) => play(sampler, { from: 1_005_000 + tenth * 100, seconds: 1, perSecond: 1 })[0]);
  assert.deepEqual(tenths, Array(10).fill(1));
});

test("The share of the last whole second is told, and forgotten after a quiet one", () => {
  const sampler = new Sampler();
  assert.deepEqual(sampler.lastSecond(1_000_000), { shown: 0, of: 0 });
  for (let i = 0; i < 200; i++) sampler.admit(1_000_500);
  assert.deepEqual(sampler.lastSecond(1_000_900), { shown: 0, of: 0 });
  assert.deepEqual(sampler.lastSecond(1_001_000), { shown: 120, of: 200 });
  assert.deepEqual(sampler.lastSecond(1_001_999), { shown: 120, of: 200 });
  assert.deepEqual(sampler.lastSecond(1_002_000), { shown: 0, of: 0 });
});

test("A second with comments that follows a quiet one is told alone", () => {
  const sampler = new Sampler();
  sampler.admit(1_000_000);
  sampler.admit(1_005_000);
  assert.deepEqual(sampler.lastSecond(1_005_500), { shown: 0, of: 0 });
  assert.deepEqual(sampler.lastSecond(1_006_000), { shown: 1, of: 1 });
});
