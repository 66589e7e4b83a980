// What docs/client.md promises, as another site uses it.
async ({ server, video }) => {
  const { LiveVideo } = await import(`${server}client.js`);
  const live = new LiveVideo(video);
  const { comments } = await live.pageBack({ limit: 2 });
  const [newest, middle] = comments;
  const { comments: [oldest] } = await live.pageBack({ before: middle.id });

  // Resumes after the oldest: the two others, then what is posted now.
  const seen = [oldest.id];
  const posted = Promise.withResolvers();
  const connection = live.connect({
    after: oldest.id,
    onComment: ({ id, message }) => {
      seen.push(id);
      if (id === newest.id) live.post({ author: "Elsewhere", message: "Hello" });
      if (message === "Hello") posted.resolve();
    },
  });
  await posted.promise;
  connection.close();
  return seen;
}
