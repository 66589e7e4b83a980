import assert from "node:assert/strict";
import { test } from "node:test";
import { EventStreamParser } from "../src/client/event-stream.js";

// Expected is what the WHATWG HTML standard says, section "Server-sent events", "Interpreting an event stream".

function parse(...pieces) {
  const parser = new EventStreamParser();
  return pieces.flatMap(piece => parser.push(piece));
}

const event = (data, { type = "message", lastEventId = "" } = {}) => ({ type, data, lastEventId });

/** Bytes as the connection decodes them. */
function decode(pieces) {
  const decoder = new TextDecoder();
  return [...pieces.map(piece => decoder.decode(piece, { stream: true })), decoder.decode()];
}

test("The examples of the standard", () => {
  assert.deepEqual(parse("data: YHOO\ndata: +2\ndata: 10\n\n"), [event("YHOO\n+2\n10")]);
  assert.deepEqual(
    parse(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"),
    [event("first event", { lastEventId: "1" }), event("second event"), event(" third event")],
  );
  assert.deepEqual(parse("data\n\ndata\ndata\n\ndata:"), [event(""), event("\n")]);
  assert.deepEqual(parse("data:test\n\ndata: test\n\n"), [event("test"), event("test")]);
});

for (const [name, end] of [["line feed", "\n"], ["carriage return", "\r"], ["both", "\r\n"]]) {
  test(`Lines that end in ${name} make the same events, split after any character`, () => {
    const text = ["id: 7", "event: comment", "data: a", "data: b", "", "data: c", "", ""].join(end);
    const expected = [event("a\nb", { type: "comment", lastEventId: "7" }), event("c", { lastEventId: "7" })];

    for (let at = 0; at <= text.length; at++) assert.deepEqual(parse(text.slice(0, at), text.slice(at)), expected, `split at ${at}`);
    assert.deepEqual(parse(...text), expected);
  });
}

test("Line ends may differ within one stream", () => {
  assert.deepEqual(parse("data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\n"), [event("a\nb\nc"), event("d")]);
});

test("A carriage return that ends a piece completes its event at once", () => {
  const parser = new EventStreamParser();
  assert.deepEqual(parser.push("data: a\r\r"), [event("a")]);
  assert.deepEqual(parser.push("\ndata: b\r"), []);
  assert.deepEqual(parser.push("\n\r"), [event("b")]);
  assert.deepEqual(parser.push(""), []);
  assert.deepEqual(parser.push("\n\n"), []);
});

test("Bytes that are split anywhere, within a character too, lose nothing", () => {
  const bytes = new TextEncoder().encode("\uFEFFdata: Grüße, 漢字, 🎉\r\nid: ü\r\n\r\n");
  const expected = [event("Grüße, 漢字, 🎉", { lastEventId: "ü" })];

  for (let at = 0; at <= bytes.length; at++) {
    assert.deepEqual(parse(...decode([bytes.slice(0, at), bytes.slice(at)])), expected, `split at ${at}`);
  }
  assert.deepEqual(parse(...decode([...bytes].map(byte => Uint8Array.of(byte)))), expected);
});

test("Only the first byte order mark is left out", () => {
  const bytes = new TextEncoder().encode("\uFEFF\uFEFFdata: a\n\ndata: b\n\n");
  assert.deepEqual(parse(...decode([bytes])), [event("b")]);
});

test("Comments and unknown fields are passed over", () => {
  assert.deepEqual(parse(": keep-alive\n\n:\n:data: x\n\nDATA: x\ndata : x\n data: x\nfield\n\n"), []);
});

test("An event without data is none, and its type does not stay", () => {
  assert.deepEqual(parse("event: gap\n\ndata: a\n\n"), [event("a")]);
});

test("The last field event names the type; an empty one is a message", () => {
  assert.deepEqual(parse("event: a\nevent: b\ndata: x\n\nevent: a\nevent\ndata: y\n\n"), [event("x", { type: "b" }), event("y")]);
});

test("One space after the colon is left out, and nothing else", () => {
  assert.deepEqual(parse("data:  a \ndata:\tb\ndata: c: d\n\n"), [event(" a \n\tb\nc: d")]);
});

test("An id stays until another comes, also from an event without data", () => {
  const events = parse("id: 1\n\ndata: a\n\nid: 2\ndata: b\n\nid\ndata: c\n\n");
  assert.deepEqual(events.map(({ lastEventId }) => lastEventId), ["1", "2", ""]);
});

test("An id with a NUL is passed over", () => {
  assert.deepEqual(parse("id: 1\ndata: a\n\nid: 2\u0000\ndata: b\n\n").map(({ lastEventId }) => lastEventId), ["1", "1"]);
});

test("A retry is taken if it has digits alone", () => {
  const parser = new EventStreamParser();
  assert.equal(parser.retry, undefined);
  for (const value of ["", "x", "1.5", "-1", "+1", "1e3", "0x10", "1 ", " 1", "١", "1\u0000"]) {
    parser.push(`retry: ${value}\n\n`);
    assert.equal(parser.retry, undefined, JSON.stringify(value));
  }
  parser.push("retry: 02500\n");
  assert.equal(parser.retry, 2_500);
  parser.push("retry: soon\nretry\n");
  assert.equal(parser.retry, 2_500);
});

test("An event that the stream's end cuts off is not given", () => {
  assert.deepEqual(parse("data: a\n\ndata: b\n"), [event("a")]);
});

test("Characters that only look like line ends are data", () => {
  const text = "a\u0085b\u2028c\u2029d\u000Be\u000Cf\u0000g";
  assert.deepEqual(parse(`data: ${text}\n\n`), [event(text)]);
});

test("A line of many pieces is read in time that grows with its length alone", () => {
  const piece = "x".repeat(64);
  const pieces = 65_536;
  const parser = new EventStreamParser();
  parser.push("data: ");
  for (let i = 0; i < pieces; i++) assert.equal(parser.push(piece).length, 0);
  const [{ data }] = parser.push("\n\n");
  assert.equal(data.length, piece.length * pieces);
});
