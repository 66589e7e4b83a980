// Comments and time as the test gives them: window.feed(count) brings so many at once, window.pass(ms) lets time pass.
(() => {
  let skew = 0;
  for (const clock of [Date, performance]) {
    const now = clock.now.bind(clock);
    clock.now = () => now() + skew;
  }
  window.pass = milliseconds => (skew += milliseconds);

  let stream;
  const fetch = window.fetch;
  window.fetch = async (url, init) => {
    // The history ends where the stream begins: the server has none of these comments.
    const page = { comments: [], nextCursor: null, asOf: "9".repeat(18), removals: [], lastRemoval: "0" };
    if (/\/comments\/[^/]+\?/.test(String(url))) return Response.json(page);
    if (!String(url).includes("/stream")) return fetch(url, init);
    const body = new ReadableStream({ start: controller => (stream = controller) });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  };

  let last = 10 ** 15;
  window.feed = count => {
    let text = "";
    for (let i = 0; i < count; i++) {
      const id = String(++last);
      const createdAt = new Date(Date.now()).toISOString();
      const comment = { id, liveVideoId: "night", author: `Author ${last % 97}`, message: `Comment ${last} of a long night`, createdAt };
      text += `id: ${id}\nevent: comment\ndata: ${JSON.stringify(comment)}\n\n`;
    }
    window.lastFed = String(last);
    stream.enqueue(new TextEncoder().encode(text));
  };
})();
