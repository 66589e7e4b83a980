/** What pages remember. Browsers may forbid that; then they remember nothing, which is no error. */

/** For the next visit, whatever the video. */
export const recall = name => read(() => localStorage, name);
export const remember = (name, value) => write(() => localStorage, name, value);

/** What one video's page remembers for the time that its tab is open: through a reload, or the way back to it. Any JSON. */
export class TabMemory {
  #prefix;

  /** @param {string} liveVideoId */
  constructor(liveVideoId) {
    this.#prefix = `${liveVideoId}.`;
  }

  recall(name) {
    return JSON.parse(read(() => sessionStorage, this.#prefix + name) ?? "null");
  }

  remember(name, value) {
    write(() => sessionStorage, this.#prefix + name, JSON.stringify(value));
  }
}

function read(storage, name) {
  try {
    return storage().getItem(`livecomments.${name}`);
  } catch {
    return null;
  }
}

function write(storage, name, value) {
  try {
    storage().setItem(`livecomments.${name}`, value);
  } catch {
    // Forbidden, or full.
  }
}
