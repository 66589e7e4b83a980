// How many animation frames the browser gives the page in a second.
async () => {
  let frames = 0;
  const count = () => {
    frames++;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  await new Promise(resolve => setTimeout(resolve, 1_000));
  return frames;
}
