import { timeoutSignal } from "/client/abort.js";
import { recall, remember } from "./memory.js";

const Name = "guest";

/** How long the server's answer, and a tab that asks, are waited for, in milliseconds: the tab may be frozen. */
const LongestWait = 5_000;

/**
 * The token of the viewer as a guest: kept from an earlier visit, or a new one. So all comments of one viewer carry one id. Where the
 * server has no guests, or gives no more of them just now, there is none, and comments go without.
 * @param {{ refused: string | undefined }} asked the token that is no good any more
 * @returns {Promise<string | undefined>}
 */
export const guestToken = asked => alone(() => keptOrNew(asked));

/** The token of an earlier visit, if there is one. */
export const keptGuestToken = () => recall(Name);

async function keptOrNew({ refused }) {
  const kept = keptGuestToken();
  if (kept && kept !== refused) return kept;
  const response = await fetch("/guests", { method: "POST", signal: timeoutSignal(LongestWait) });
  if (!response.ok) return undefined;
  const { token } = await response.json();
  remember(Name, token);
  return token;
}

/** Of several tabs one asks, and the others find what it got. Where locks are missing or forbidden, each asks for itself. */
const alone = work => new Promise((resolve, reject) => {
  const run = () => work().then(resolve, reject);
  if (navigator.locks) navigator.locks.request("livecomments guest", { signal: timeoutSignal(LongestWait) }, run).catch(run);
  else run();
});
