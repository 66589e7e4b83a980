import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./support/pages.js";

const { MaxAuthorLength, MaxLineFeeds, MaxMarks, MaxMessageLength, cleanMessage, lineFeedsOf, mostMarksOf } =
  await import("/watch/comment-rules.js");

test("The bounds are the server's", () => {
  const server = readFileSync(new URL("../../src/Comments/Values/CommentDraft.cs", import.meta.url), "utf8");
  const bound = name => Number(server.match(new RegExp(`const int ${name} = ([0-9]+);`))[1]);
  assert.deepEqual(
    { MaxAuthorLength, MaxMessageLength, MaxLineFeeds, MaxMarks },
    {
      MaxAuthorLength: bound("MaxAuthorLength"), MaxMessageLength: bound("MaxMessageLength"),
      MaxLineFeeds: bound("MaxLineFeeds"), MaxMarks: bound("MaxMarks"),
    });
});

test("Line feeds and what Unicode calls separators count, but not around the text", () => {
  assert.equal(lineFeedsOf("\n\na\nb\u2028c\u2029d\n"), 3);
  assert.equal(lineFeedsOf(cleanMessage("a\r\nb\rc\n\r\nd")), 4);
  assert.equal(lineFeedsOf("one line"), 0);
});

test("The marks on one character count, and what cannot be seen does not end it", () => {
  const marks = count => "\u0301".repeat(count);
  assert.equal(mostMarksOf("plain"), 0);
  assert.equal(mostMarksOf(`a${marks(3)}b${marks(9)}c${marks(2)}`), 9);
  assert.equal(mostMarksOf(`a${marks(5)} ${marks(5)}`), 5);
  for (const unseen of ["\u200b", "\u2060\u00ad", "\u{e0001}", "\u0600", "\u2800"])
    assert.equal(mostMarksOf(`a${marks(5)}${unseen}${marks(4)}`), 9, `U+${unseen.codePointAt(0).toString(16)}`);
  assert.equal(mostMarksOf("a\u20dd\u0903\u0489"), 3);
});

test("A long run of marks is counted as it is", () => {
  assert.equal(mostMarksOf("\u0301\u200b".repeat(250_000)), 250_000);
});
