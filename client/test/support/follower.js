import { LiveVideo } from "livecomments";
import { Queue } from "./queue.js";

/** Follows the live video of a server, and keeps what it is told. */
export class Follower {
  comments = new Queue();
  gaps = new Queue();
  removals = new Queue();
  settings = new Queue();
  pins = new Queue();
  states = new Queue();

  /** @param {import("node:test").TestContext} test the connection ends with it */
  constructor(test, server, options = {}) {
    this.video = new LiveVideo("demo", { server: server.address });
    this.connection = this.video.connect({
      onComment: comment => this.comments.push(comment),
      onGap: gap => this.gaps.push(gap),
      onRemoved: removed => this.removals.push(removed),
      onSettings: settings => this.settings.push(settings),
      onPin: comment => this.pins.push(comment),
      onState: state => this.states.push(state),
      ...options,
    });
    test.after(() => this.connection.close());
  }

  /** The next state that has this status. */
  async state(status) {
    for (;;) {
      const state = await this.states.next();
      if (state.status === status) return state;
    }
  }

  /** The ids of the next comments. */
  async ids(count) {
    const ids = [];
    while (ids.length < count) ids.push((await this.comments.next()).id);
    return ids;
  }
}
