/**
 * Makes an element whose content is text, never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, className = "", ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {string} label
 * @param {() => void} onClick
 */
export function linkButton(label, onClick) {
  const button = element("button", "link", label);
  button.type = "button";
  button.addEventListener("click", onClick);
  return button;
}
