import { Follower } from "./follower.js";
import { ScriptedServer } from "./scripted-server.js";

/**
 * A viewer of a scripted server, with a clock that the test turns. Waits between tries are spread at random: here the
 * random number is 0.5, so a wait that is not named by the server is exactly its middle value.
 */
export class Viewer extends Follower {
  /** @param {import("node:test").TestContext} test the connection ends with it */
  static async start(test, options = {}) {
    const server = await ScriptedServer.start(test);
    // Node's fetch sets up timers of its own at its first request, and keeps them: they must not be the test's.
    const first = fetch(server.address);
    (await server.next()).answer(204);
    await first;
    test.mock.timers.enable({ apis: ["Date", "setInterval", "setTimeout"], now: Date.UTC(2026, 0, 1) });
    test.mock.method(Math, "random", () => 0.5);
    return new Viewer(test, server, options);
  }

  constructor(test, server, options) {
    super(test, server, options);
    this.server = server;
    this.timers = test.mock.timers;
  }

  /** The milliseconds that it waits before its next try, as soon as it waits. */
  async wait(status = "reconnecting") {
    for (;;) {
      const { retryAt } = await this.state(status);
      if (retryAt) return retryAt - Date.now();
    }
  }

  /** Lets it wait to the end, and returns its next request. */
  async reconnect(status = "reconnecting") {
    this.timers.tick(await this.wait(status));
    return this.server.next();
  }
}
