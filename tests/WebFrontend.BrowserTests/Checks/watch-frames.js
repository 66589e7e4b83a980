// Notes how long frames take and how many rows there are in each, until endFrames is called.
() => {
  const times = [];
  let mostRows = 0;
  let before = performance.now();
  let frame = requestAnimationFrame(function next(now) {
    times.push(now - before);
    before = now;
    mostRows = Math.max(mostRows, document.querySelectorAll(".comment").length);
    frame = requestAnimationFrame(next);
  });
  window.endFrames = () => {
    cancelAnimationFrame(frame);
    times.sort((a, b) => a - b);
    return { mostRows, median: times[times.length >> 1], worst: times.at(-1), frames: times.length };
  };
}
