import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError } from "livecomments";

const read = (status, body, headers = {}) => ProblemError.fromResponse(new Response(body, { status, headers }));
const problemJson = { "Content-Type": "application/problem+json" };

test("A problem is told in full", async () => {
  const errors = { author: ["Too long."] };
  const body = JSON.stringify({ type: "urn:problem-type:livecomments:invalid-comment", title: "Invalid", detail: "Mend it.", errors });

  const problem = await read(400, body, problemJson);
  assert.ok(problem instanceof Error);
  assert.equal(problem.name, "ProblemError");
  assert.equal(problem.message, "Mend it.");
  assert.deepEqual(
    [problem.status, problem.type, problem.title, problem.detail, problem.errors, problem.retryAfter],
    [400, "urn:problem-type:livecomments:invalid-comment", "Invalid", "Mend it.", errors, undefined],
  );
});

test("A problem without detail speaks by its title", async () => {
  assert.equal((await read(400, JSON.stringify({ title: "Invalid" }), problemJson)).message, "Invalid");
});

for (const [name, body, headers] of [
  ["a page of a proxy", "<h1>Bad gateway</h1>", { "Content-Type": "text/html" }],
  ["no body", null, {}],
  ["broken JSON", "{", problemJson],
  ["null", "null", problemJson],
  ["a number", "7", problemJson],
]) {
  test(`An answer with ${name} is a problem by its status`, async () => {
    const { status, type, errors, message } = await read(502, body, headers);
    assert.deepEqual([status, type, errors, message], [502, "about:blank", {}, "The server answered 502."]);
  });
}

for (const [value, seconds] of [
  ["7", 7],
  ["0", 0],
  ["86400", 600],
  ["Thu, 01 Jan 2026 00:00:30 GMT", 30],
  ["Wed, 31 Dec 2025 23:59:00 GMT", 0],
  ["Fri, 01 Jan 2027 00:00:00 GMT", 600],
  ["soon", undefined],
]) {
  test(`Retry-After: ${value} is ${seconds ?? "no"} seconds`, async test => {
    test.mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 0, 1) });
    assert.equal((await read(503, null, { "Retry-After": value })).retryAfter, seconds);
  });
}

test("A request without an answer has the status 0 and its cause", () => {
  const cause = new TypeError("fetch failed");
  const problem = ProblemError.noAnswer(cause);
  assert.deepEqual([problem.status, problem.message, problem.cause], [0, "The server did not answer.", cause]);
});
