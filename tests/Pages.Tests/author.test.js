import assert from "node:assert/strict";
import { test } from "node:test";
import "./support/pages.js";

const { hueOf, initialsOf, skeletonOf } = await import("/watch/author.js");

const alike = [
  ["Ada", "\u0410da", "\u0410d\u0430", "A\u200bda", "Ada\u2060", "\u{1d400}da", "\uff21da", "Ad\u00ada", " Ada "],
  ["lris", "Iris", "1ris", "|ris", "\u04c0ris"],
  ["modern", "rnodem"],
  ["p\u00e9", "pe\u0301", "\u0440\u00e9"],
  ["Ada L", "Ada\u00a0L", "Ada  L"],
  ["\u0410\u043d\u043d\u0430", "A\u043d\u043da"],
];

for (const names of alike)
  test(`Names that look like ${names[0]} have its hue`, () => {
    for (const name of names) assert.equal(skeletonOf(name), skeletonOf(names[0]), JSON.stringify(name));
    assert.deepEqual(new Set(names.map(hueOf)).size, 1);
  });

test("Names that look different have skeletons of their own", () => {
  const names = ["Ada", "Bob", "Eve", "\u0416\u0435\u043d\u044f", "\u7530\u4e2d", "Ada1", "ada", "\ud83d\ude00", "", "\u05d0\u05d1"];
  assert.equal(new Set(names.map(skeletonOf)).size, names.length);
});

test("The skeleton of a skeleton is the same", () => {
  for (const name of [...alike.flat(), "\u2474\u210c", "m\u0131\u0307", "\ufdfa"]) assert.equal(skeletonOf(skeletonOf(name)), skeletonOf(name), name);
});

test("Initials are as they are written", () => {
  assert.equal(initialsOf("\u0410da Iris"), "\u0410I");
});
