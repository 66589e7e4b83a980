const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

const timing = { duration: 220, easing: "cubic-bezier(.2, .7, .2, 1)" };

/**
 * Lets what was there glide up instead of jumping, and what is new fade in.
 * @param {HTMLElement} list
 * @param {number} distance how far the list has moved up, in pixels
 * @param {HTMLElement[]} added
 */
export function slideIn(list, distance, added) {
  if (reducedMotion.matches || !list.animate) return;

  // Additive, so that batches which come faster than one glide ends do not cut each other off.
  const from = { transform: `translateY(${distance}px)` };
  list.animate([from, { transform: "translateY(0)" }], { ...timing, composite: "add" });
  for (const row of added) row.animate([{ opacity: 0 }, { opacity: 1 }], timing);
}
