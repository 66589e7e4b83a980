import { element } from "/watch/element.js";

/** For how long after a move of the pointer over a list it stays as it is, in milliseconds. */
const Aiming = 3_000;

/** When the pointer last moved over each list. @type {WeakMap<HTMLElement, number>} */
const aimed = new WeakMap();

/**
 * Fills a list, but not under the pointer of who is about to press something in it. The keyboard's focus stays with its item.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items each with a key in `data-key`
 * @param {string} none what is said where there is none
 */
export function fill(list, items, none) {
  if (!aimed.has(list)) {
    aimed.set(list, -Infinity);
    list.addEventListener("pointermove", () => aimed.set(list, performance.now()), { passive: true });
  }
  if (list.matches(":hover") && performance.now() - aimed.get(list) < Aiming) return;
  const focused = list.contains(document.activeElement) ? document.activeElement.closest("li") : null;
  const place = focused ? [...focused.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  list.replaceChildren(...(items.length > 0 ? items : [element("li", "none", none)]));
  if (!focused) return;
  const item = items.find(({ dataset }) => dataset.key === focused.dataset.key) ?? items[0];
  const buttons = item?.querySelectorAll("button") ?? [];
  buttons[Math.min(place, buttons.length - 1)]?.focus({ preventScroll: true });
}

/** A button that names whom it is about. */
export function button(label, about, onClick) {
  const made = element("button", "plain", label);
  made.type = "button";
  made.setAttribute("aria-label", `${label}: ${about}`);
  made.addEventListener("click", onClick);
  return made;
}
