/**
 * A signal that aborts as soon as one of these does. `AbortSignal.any` came to browsers in 2023 and 2024 only.
 * @param {(AbortSignal | undefined)[]} signals
 * @returns {AbortSignal}
 */
export function anySignal(...signals) {
  const any = new AbortController();
  for (const signal of signals) {
    const abort = () => any.abort(signal?.reason);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true, signal: any.signal });
  }
  return any.signal;
}

/**
 * A signal that aborts after a time. `AbortSignal.timeout` came to browsers in the course of 2022 only.
 * @param {number} milliseconds
 * @returns {AbortSignal}
 */
export function timeoutSignal(milliseconds) {
  if (AbortSignal.timeout) return AbortSignal.timeout(milliseconds);
  const timeout = new AbortController();
  setTimeout(() => timeout.abort(new DOMException("The time is up.", "TimeoutError")), milliseconds);
  return timeout.signal;
}

/**
 * Waits for what cannot be given up, as long as the signal does not abort.
 * @template T
 * @param {Promise<T>} work
 * @param {AbortSignal | null | undefined} signal
 * @returns {Promise<T>}
 */
export function unlessAborted(work, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject);
  });
}
