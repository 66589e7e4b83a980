// Scrolls to the very top, and notes every comment on the way, and by how much anything moved that was not scrolled.
async () => {
  const log = document.querySelector(".log");
  const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
  const rows = () => [...log.querySelectorAll(".comment[data-id]")];
  const seen = new Map();
  const walk = { disordered: 0, largestJump: 0, mostRows: 0 };

  const note = () => {
    const ids = rows().map(row => row.dataset.id);
    walk.mostRows = Math.max(walk.mostRows, ids.length);
    // Ids are too long for numbers; the shorter is the smaller.
    ids.forEach((id, index) => {
      const before = ids[index - 1];
      if (before && !(before.length < id.length || (before.length === id.length && before < id))) walk.disordered++;
      seen.set(id, true);
    });
  };
  const firstInView = () => rows().find(row => row.getBoundingClientRect().bottom > log.getBoundingClientRect().top);

  note();
  while (log.scrollTop > 0 || !log.querySelector(".beginning")) {
    const row = firstInView();
    const top = row.getBoundingClientRect().top;
    const scrolled = Math.min(log.clientHeight * 0.8, log.scrollTop);
    log.scrollTop -= scrolled;
    // Whatever loads meanwhile, what one reads is where one has scrolled it to, in every frame.
    do {
      await frame();
      note();
      if (row.isConnected) walk.largestJump = Math.max(walk.largestJump, Math.abs(row.getBoundingClientRect().top - top - scrolled));
    } while (log.scrollTop === 0 && !log.querySelector(".beginning"));
  }
  walk.ids = [...seen.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return walk;
}
