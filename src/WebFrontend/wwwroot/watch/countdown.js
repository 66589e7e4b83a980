/**
 * Calls `show` with the whole seconds that are left until a moment, now and every second, and with 0 when it has come.
 * @param {number} moment `Date.now()` time
 * @param {(seconds: number) => void} show
 * @returns {() => void} stops it
 */
export function countdown(moment, show) {
  let timer;
  const tick = () => {
    const left = Math.max(moment - Date.now(), 0);
    show(Math.ceil(left / 1_000));
    if (left > 0) timer = setTimeout(tick, left % 1_000 || 1_000);
  };
  tick();
  return () => clearTimeout(timer);
}
