/** What nothing here can do without. */
const needed = ["fetch", "AbortController", "ReadableStream", "TextDecoder", "URL"];

/**
 * Builds the page. `support.js` tells the viewer where that does not come to its end.
 * @param {() => void} build
 */
export function start(build) {
  const missing = needed.filter(name => !(name in globalThis));
  if (missing.length > 0) throw new Error(`This browser lacks ${missing.join(", ")}.`);
  build();
  document.documentElement.setAttribute("data-started", "");
}
