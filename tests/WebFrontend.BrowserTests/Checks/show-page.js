// Brings the page into sight or out of it, as far as it can tell. Out of sight it gets no frames.
shown => {
  window.askForFrame ??= window.requestAnimationFrame.bind(window);
  window.framesToCome ??= [];
  window.requestAnimationFrame = shown ? window.askForFrame : callback => window.framesToCome.push(callback);
  if (shown) window.framesToCome.splice(0).forEach(callback => window.askForFrame(callback));
  Object.defineProperty(document, "hidden", { value: !shown, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}
