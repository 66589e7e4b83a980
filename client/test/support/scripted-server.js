import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Queue } from "./queue.js";

/** A server on 127.0.0.1 that leaves every answer to the test. */
export class ScriptedServer {
  #requests = new Queue();
  #server = createServer((request, response) => this.#requests.push(new Exchange(request, response)));

  /** @param {import("node:test").TestContext} test the server ends with it */
  static async start(test) {
    const server = new ScriptedServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    test.after(() => {
      server.#server.close();
      server.#server.closeAllConnections();
    });
    return server;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  /** How many requests have come that the test has not asked for. */
  get waiting() {
    return this.#requests.length;
  }

  /** The next request, as soon as it is there. */
  next() {
    return this.#requests.next();
  }
}

/** One request and its answer. */
class Exchange {
  #response;

  constructor(request, response) {
    this.request = request;
    this.url = new URL(request.url, "http://server");
    this.#response = response;
    /** Resolves when the client has gone, or has its whole answer. */
    this.closed = once(response, "close");
  }

  body() {
    return text(this.request);
  }

  answer(status, headers = {}, body = "") {
    this.#response.writeHead(status, headers).end(body);
  }

  answerJson(status, value, headers = {}) {
    this.answer(status, { "Content-Type": "application/json; charset=utf-8", ...headers }, JSON.stringify(value));
  }

  openStream(contentType = "text/event-stream") {
    this.#response.writeHead(200, { "Content-Type": contentType }).flushHeaders();
    return this;
  }

  send(...events) {
    this.#response.write(events.join(""));
    return this;
  }

  end() {
    this.#response.end();
  }

  /** Breaks the connection, as a crash or a lost network does. */
  break() {
    this.#response.destroy();
  }
}

export function comment(id, message = `comment ${id}`) {
  const value = { id: String(id), liveVideoId: "demo", author: "Ada", message, createdAt: "2026-01-01T00:00:00.000Z" };
  return `id: ${id}\nevent: comment\ndata: ${JSON.stringify(value)}\n\n`;
}

export function gap(after, before, more = {}) {
  return `event: gap\ndata: ${JSON.stringify({ after: String(after), before: String(before), ...more })}\n\n`;
}

export function removal(id, removed) {
  return `id: ${id}\nevent: comment-removed\ndata: ${JSON.stringify(removed)}\n\n`;
}

export const usual = { slowSeconds: 0, mayPost: "everyone", establishedMinutes: 10, uniqueSeconds: 0, links: "text", state: "open" };

export function settings(changes) {
  return `event: settings\ndata: ${JSON.stringify({ ...usual, ...changes })}\n\n`;
}

export function pin(id) {
  const comment = id ? { id: String(id), liveVideoId: "demo", author: "Ada", message: `pinned ${id}`, createdAt: "2026-01-01T00:00:00.000Z" } : null;
  return `event: pin\ndata: ${JSON.stringify({ comment })}\n\n`;
}
