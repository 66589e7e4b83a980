namespace LiveComments.Firehose.Tests;

/// <summary>The list of logs with entries that were not sent.</summary>
public sealed class UnsentListTests
{
    private readonly MemoryStore _store = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_start_reads_no_more_than_the_last_changes()
    {
        var log = LiveVideoId.Parse("show-1");
        using var list = new UnsentList(_store, _time);
        await list.WriteAsync(log, UnsentKind.Hold, new(7));
        for (var i = 0; i < 2_000; i++) await list.WriteAsync(log, UnsentKind.Sent, new(100 + i));

        var before = _store.Reads.Count;
        using var next = new UnsentList(_store, _time);
        await next.Of(log).LoadAsync();
        Assert.InRange(_store.Reads.Count - before, 1, 10);
        Assert.Equal(list.Of(log).Of(log), next.Of(log).Of(log));
        Assert.Equal(new CommentId(2_099), Assert.Single(next.Of(log).Of(log)).Position);
    }

    [Fact]
    public async Task Processes_that_write_at_once_have_one_order()
    {
        var lists = Enumerable.Range(0, 5).Select(_ => new UnsentList(_store, _time)).ToList();
        var logs = Enumerable.Range(0, 100).Select(i => LiveVideoId.Parse($"show-{i}")).ToList();
        await Task.WhenAll(lists.SelectMany((list, number) =>
            logs.Select(log => Task.Run(() => list.WriteAsync(log, UnsentKind.Hold, new(number + 10)))))).InTime();
        foreach (var list in lists)
            foreach (var part in list.Parts) await part.LoadAsync();
        foreach (var log in logs)
        {
            var expected = lists[0].Of(log).Of(log);
            Assert.Equal(5, expected.Count);
            Assert.All(lists, list => Assert.Equal(expected, list.Of(log).Of(log)));
            // One of them is the last, and it begins where the first of all began.
            var sender = expected.MaxBy(holding => holding.Since)!;
            Assert.Equal(expected.Min(holding => holding.Position), sender.Position);
            Assert.Single(lists, list => !list.IsOvertaken(log));
        }

        lists.ForEach(list => list.Dispose());
    }

    [Fact]
    public async Task What_is_done_is_not_in_it()
    {
        var log = LiveVideoId.Parse("show-1");
        using var list = new UnsentList(_store, _time);
        await list.WriteAsync(log, UnsentKind.Hold, new(7));
        await list.WriteAsync(log, UnsentKind.Done);
        using var next = new UnsentList(_store, _time);
        await next.Of(log).LoadAsync();
        Assert.Empty(next.Of(log).LeftSince(TimeSpan.Zero, _ => false));
    }
}
