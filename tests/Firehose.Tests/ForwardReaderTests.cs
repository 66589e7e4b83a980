namespace LiveComments.Firehose.Tests;

/// <summary>A log read forward is the log, wherever one begins and however it is spread over time.</summary>
public sealed class ForwardReaderTests
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("show-1");

    [Fact]
    public async Task A_log_read_forward_is_the_log()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var (store, entries, last) = (new MemoryStore(), new List<LogEntry>(), CommentId.None);
            var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            for (var i = random.Next(400); i > 0; i--)
            {
                // Bursts in one millisecond, quiet nights, and all between.
                if (random.Next(3) > 0) now += TimeSpan.FromMilliseconds(Math.Pow(10, random.Next(9)));
                var id = last.Next(now);
                entries.Add(random.Next(5) == 0 ? new(new Removal(id, new(Ids: [last]))) : new(new Comment(id, Video, "Ada", $"{i}"), null));
                last = id;
            }

            if (entries.Count > 0) await store.AppendAsync(Video, CommentId.None, entries);
            var from = random.Next(entries.Count + 1);
            var position = from == 0 ? CommentId.None : entries[from - 1].Id;
            var (limit, reader) = (round < 10 ? 1 : random.Next(1, 50), new ForwardReader(store, Video));
            var read = new List<LogEntry>();
            for (var atEnd = false; !atEnd;)
            {
                var run = await reader.ReadAsync(position, limit);
                read.AddRange(run.Entries);
                Assert.True(run.UpTo > position || run.AtEnd, $"It stands still; seed {seed}.");
                (position, atEnd) = (run.UpTo, run.AtEnd);
            }

            Assert.True(
                entries.Skip(from).Select(entry => entry.Id).SequenceEqual(read.Select(entry => entry.Id)), $"round {round}, seed {seed}");
        }
    }
}
