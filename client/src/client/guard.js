/**
 * A handler's own fault is not the connection's: it must not end it, nor be hidden by it. So it counts as uncaught.
 * @param {() => void} call
 */
export function guard(call) {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
