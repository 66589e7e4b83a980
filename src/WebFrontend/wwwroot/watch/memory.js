/** What the page remembers for the next visit. Browsers may forbid that; then it remembers nothing, which is no error. */

export function recall(name) {
  try {
    return localStorage.getItem(`livecomments.${name}`);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(`livecomments.${name}`, value);
  } catch {
    // Forbidden, or full.
  }
}
