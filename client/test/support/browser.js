/** Web Locks as far as they are used here: exclusive, with `signal` and `steal` (W3C Web Locks API, 4). */
class Locks {
  #held = new Map();
  #waiting = new Map();

  async request(name, { signal, steal }, callback) {
    if (steal) this.#held.get(name)?.(new DOMException("stolen", "AbortError"));
    else if (this.#held.has(name)) await this.#wait(name, signal);
    return new Promise((resolve, reject) => {
      this.#held.set(name, reject);
      Promise.resolve(callback()).then(resolve, reject).finally(() => {
        if (this.#held.get(name) !== reject) return;
        this.#held.delete(name);
        this.#waiting.get(name)?.shift()?.();
      });
    });
  }

  #wait(name, signal) {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(name) ?? [];
      this.#waiting.set(name, waiting);
      waiting.push(resolve);
      signal?.addEventListener("abort", () => {
        const place = waiting.indexOf(resolve);
        if (place < 0) return;
        waiting.splice(place, 1);
        reject(new DOMException("given up", "AbortError"));
      });
    });
  }
}

/** Makes the module believe that it is in a page. Each connection is a page of its own, in the same browser. */
export function beBrowser(test) {
  const document = Object.assign(new EventTarget(), { hidden: false });
  const before = globalThis.navigator;
  Object.defineProperty(globalThis, "navigator", { value: { locks: new Locks() }, configurable: true });
  const window = new EventTarget();
  Object.assign(globalThis, { document, addEventListener: window.addEventListener.bind(window) });
  test.after(() => {
    delete globalThis.document;
    delete globalThis.addEventListener;
    Object.defineProperty(globalThis, "navigator", { value: before, configurable: true, writable: true });
  });
  return document;
}
