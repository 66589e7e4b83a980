/** How long a page out of sight goes on as if it were in sight, in milliseconds: one looks at another tab, and comes back. */
const HiddenGrace = 10_000;

/**
 * Tells how much a page takes part.
 *
 * - `here`: it is in sight, or was a moment ago.
 * - `away`: it is out of sight. It listens to others, and holds nothing.
 * - `gone`: it is frozen, or kept for the way back to it. It has no ear, either: what it was told would only pile up.
 * @typedef {"here" | "away" | "gone"} Presence
 */

/**
 * @param {object} handlers
 * @param {(presence: Presence) => void} handlers.onChange called at once with how it is now, and then with every change
 * @param {() => void} handlers.onReturn the page is in sight again
 * @param {AbortSignal} signal ends it
 */
export function watchPresence({ onChange, onReturn }, signal) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Presence | undefined} */
  let current;
  /** @param {Presence} presence */
  const set = presence => {
    clearTimeout(timer);
    if (current === presence) return;
    current = presence;
    onChange(presence);
  };
  const look = () => {
    if (!document.hidden) {
      set("here");
      onReturn();
    } else if (current !== "here") {
      set("away");
    } else {
      clearTimeout(timer);
      timer = setTimeout(() => document.hidden && set("away"), HiddenGrace);
    }
  };
  set(document.hidden ? "away" : "here");
  document.addEventListener("visibilitychange", look, { signal });
  document.addEventListener("freeze", () => set("gone"), { signal });
  document.addEventListener("resume", look, { signal });
  addEventListener("pagehide", () => set("gone"), { signal });
  addEventListener("pageshow", ({ persisted }) => persisted && look(), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
}
