import { element } from "/watch/element.js";

/**
 * Fills a list, but not under the pointer or the keyboard of who is about to press something in it.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items
 * @param {string} none what is said where there is none
 */
export function fill(list, items, none) {
  if (list.matches(":hover") || list.contains(document.activeElement)) return;
  list.replaceChildren(...(items.length > 0 ? items : [element("li", "none", none)]));
}

/** A button that names whom it is about. */
export function button(label, about, onClick) {
  const made = element("button", "plain", label);
  made.type = "button";
  made.setAttribute("aria-label", `${label}: ${about}`);
  made.addEventListener("click", onClick);
  return made;
}
