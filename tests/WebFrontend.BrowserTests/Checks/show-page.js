// Brings the page into sight or out of it, as far as it can tell.
shown => {
  Object.defineProperty(document, "hidden", { value: !shown, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
