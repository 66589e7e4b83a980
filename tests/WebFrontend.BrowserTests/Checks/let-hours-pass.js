// Fifty comments a second for so many hours, a minute in each frame. Out of sight there are no frames.
async hours => {
  const frame = () => new Promise(resolve => document.hidden ? setTimeout(resolve) : requestAnimationFrame(resolve));
  for (let frames = hours * 60; frames > 0; frames--) {
    window.pass(60_000);
    window.feed(3_000);
    await frame();
  }
}
