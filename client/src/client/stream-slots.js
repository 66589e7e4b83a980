/**
 * How many streams the pages of a browser hold at once at one server. Over HTTP/1.1 browsers open six connections to a server at
 * most: two are left for posts and pages.
 */
const Slots = 4;

/**
 * How long a stream keeps its slot where others wait for one, in milliseconds: so short that ten videos get their comments within
 * 200 ms. A stream that goes on later misses nothing.
 */
const Slice = 50;

/**
 * Lets the pages of a browser take turns where they follow more videos than there are slots. Needs Web Locks; without them
 * everybody may always enter.
 */
export class StreamSlots {
  #locks;
  #names;
  #channelName;

  /**
   * @param {string} server origin
   * @param {LockManager | undefined} locks
   */
  constructor(server, locks) {
    this.#locks = isMultiplexed(server) ? undefined : locks;
    this.#names = Array.from({ length: Slots }, (_, slot) => `livecomments slot ${slot} ${server}`);
    this.#channelName = `livecomments slots ${server}`;
  }

  /**
   * Waits for a slot.
   * @param {AbortSignal} signal ends the waiting
   * @param {() => void} onWanted others wait, and this one has had its time; called until it leaves
   * @returns {Promise<() => void>} what gives it back
   */
  async enter(signal, onWanted) {
    if (!this.#locks || !globalThis.BroadcastChannel) return () => {};
    const channel = new BroadcastChannel(this.#channelName);
    // Whoever enters later has not heard the first one.
    channel.onmessage = ({ data }) => data === "entered" && channel.postMessage("wanted");
    channel.postMessage("wanted");
    try {
      const leave = await this.#take(signal);
      if (!leave) {
        channel.close();
        return () => {};
      }
      /** @type {ReturnType<typeof setInterval> | undefined} */
      let turn;
      channel.onmessage = ({ data }) => {
        if (data !== "wanted") return;
        if (document.hidden) onWanted();
        else turn ??= setInterval(onWanted, Slice);
      };
      channel.postMessage("entered");
      return () => {
        clearInterval(turn);
        channel.close();
        leave();
      };
    } catch (error) {
      channel.close();
      throw error;
    }
  }

  /**
   * Asks for every slot, and takes the first that is given.
   * @param {AbortSignal} signal
   * @returns {Promise<(() => void) | undefined>} what gives it back; undefined where locks are forbidden
   */
  #take(signal) {
    return new Promise((resolve, reject) => {
      const waiting = new AbortController();
      const abort = () => {
        waiting.abort();
        reject(signal.reason);
      };
      if (signal.aborted) return abort();
      signal.addEventListener("abort", abort, { once: true });
      let taken = false;
      for (const name of this.#names) {
        this.#locks?.request(name, { signal: waiting.signal }, () => {
          if (taken || signal.aborted) return undefined;
          taken = true;
          waiting.abort();
          signal.removeEventListener("abort", abort);
          return new Promise(leave => resolve(() => leave(undefined)));
        }).catch(error => {
          // Given up, since another slot was quicker. Where locks are forbidden nobody has to wait, nor to take turns.
          if (error.name !== "AbortError") resolve(undefined);
        });
      }
    });
  }
}

/**
 * Over HTTP/2 and later all streams share one connection. How this page came from there tells.
 * @param {string} server origin
 */
function isMultiplexed(server) {
  /** @type {any} */
  const [page] = globalThis.performance?.getEntriesByType?.("navigation") ?? [];
  return server === globalThis.location?.origin && /^h[23]/.test(page?.nextHopProtocol ?? "");
}
