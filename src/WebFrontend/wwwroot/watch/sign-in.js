/** @type {Window | null} */
let opened = null;

/**
 * Opens the site's page, at which one signs in, in a window, and takes the token from that window alone.
 * @param {HTMLAnchorElement} link to that page
 * @param {(token: string) => void} onToken
 */
export function takeTokenFrom(link, onToken) {
  const address = new URL(link.href);
  address.searchParams.set("origin", location.origin);
  link.addEventListener("click", event => {
    event.preventDefault();
    opened = open(address, "livecomments-sign-in", "popup,width=480,height=640");
  });
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== address.origin || !source || source !== opened || typeof data?.token !== "string") return;
    opened.close();
    onToken(data.token);
  });
}

/**
 * What a token says; nothing where it is none. The server has the last word.
 * @param {string} token
 * @returns {{ iss?: string, sub?: string, name?: string, exp?: number, scope?: string | string[], videos?: string[] }}
 */
export function claimsIn(token) {
  try {
    const payload = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    const utf8 = Uint8Array.from(atob(payload), character => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(utf8));
  } catch {
    return {};
  }
}

/** Whether claims are a moderator's or an owner's. @param {{ scope?: string | string[] }} claims */
export function moderates({ scope }) {
  const scopes = Array.isArray(scope) ? scope : String(scope ?? "").split(" ");
  return scopes.includes("comments:moderate") || scopes.includes("comments:manage");
}
