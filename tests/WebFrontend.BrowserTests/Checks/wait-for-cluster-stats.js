// Waits until the Orleans Dashboard has half a minute of calls to show.
async () => {
  const seconds = async () => Object.values(await (await fetch("ClusterStats")).json()).filter(({ count }) => count > 0).length;
  while (await seconds() < 30) await new Promise(resolve => setTimeout(resolve, 500));
}
