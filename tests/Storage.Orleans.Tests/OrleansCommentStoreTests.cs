namespace LiveComments.Storage.Orleans.Tests;

/// <summary>What is special to a log in segments: where they begin and end, what a crash leaves, what is read and written.</summary>
public sealed class OrleansCommentStoreTests(MemorySiloStorage silo) : IClassFixture<MemorySiloStorage>
{
    // 26 bytes a comment: 40 fill a segment.
    private const int SmallSegment = 1_024;

    private readonly LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(41)]
    public async Task A_write_that_is_repeated_because_its_answer_was_lost_counts_once(int each)
    {
        using var store = Open(out var storage);
        storage.RepeatsWrites = true;
        for (var i = 0; i < 80; i++)
            Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(i * each), Entries(i * each + 1, each)).InTime());

        Assert.Equal(Enumerable.Range(1, 80 * each).Select(id => (long)id), await AllAsync());
    }

    [Fact]
    public async Task An_equal_comment_of_another_owner_under_another_id_is_no_proof_that_ones_own_was_written()
    {
        using var one = Open(out _);
        using var other = Open(out _);
        await one.AppendAsync(_video, CommentId.None, Entries(1)).InTime();
        await other.ReadTailAsync(_video, CommentId.Max).InTime();

        Assert.Equal(AppendResult.Appended, await one.AppendAsync(_video, new(1), [Entry(2, "same")]).InTime());
        Assert.Equal(AppendResult.Conflict, await other.AppendAsync(_video, new(1), [Entry(3, "same")]).InTime());
        Assert.Equal(AppendResult.Conflict, await other.AppendAsync(_video, new(1), [Entry(2, "else")]).InTime());
        Assert.Equal([1, 2], await AllAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owner_that_crashes_at_any_write_leaves_a_log_that_the_next_one_continues(bool stored)
    {
        var acknowledged = new List<long>();
        for (var crash = 1; crash <= 60; crash++)
        {
            using var store = Open(out var storage);
            var tail = await store.ReadTailAsync(_video, CommentId.Max).InTime();
            var (writes, next) = (0, tail.Last.Value);
            var crashes = crash % 7;
            Func<Task> hook = () => writes++ == crashes ? throw new IOException("crash") : Task.CompletedTask;
            if (stored) storage.AfterWrite = hook;
            else storage.BeforeWrite = hook;
            try
            {
                while (true)
                {
                    var entries = Entries(next + 1, crash % 5 * 9 + 1);
                    Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(next), entries).InTime());
                    acknowledged.AddRange(entries.Select(entry => entry.Id.Value));
                    next = acknowledged[^1];
                }
            }
            catch (CommentsUnavailableException)
            {
                var log = await AllAsync();
                Assert.Empty(acknowledged.Except(log));
                Assert.Equal(Enumerable.Range(1, log.Count).Select(id => (long)id), log);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task A_write_that_arrives_after_another_owner_took_over_changes_nothing(int before)
    {
        using var old = Open(out var storage);
        for (var i = 0; i < before; i++) await old.AppendAsync(_video, new(i), Entries(i + 1)).InTime();
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        storage.BeforeWrite = () =>
        {
            begun.SetResult();
            return released.Task;
        };
        var late = old.AppendAsync(_video, new(before), [Entry(before + 1, "late")]);
        await begun.Task.InTime();

        using var successor = Open(out _);
        for (var i = before; i < before + 50; i++)
            Assert.Equal(AppendResult.Appended, await successor.AppendAsync(_video, new(i), Entries(i + 1)).InTime());
        released.SetResult();

        Assert.Equal(AppendResult.Conflict, await late.InTime());
        Assert.Equal(Enumerable.Range(1, before + 50).Select(id => (long)id), await AllAsync());
    }

    [Fact]
    public async Task Owners_with_different_settings_agree_where_a_segment_ends()
    {
        using var small = Open(out _);
        using var large = Open(out _, 10 * SmallSegment);
        var last = 0;
        for (var i = 0; i < 200; i++)
        {
            var store = i % 3 == 0 ? small : large;
            await store.ReadTailAsync(_video, CommentId.Max).InTime();
            Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(last), Entries(last + 1, 7)).InTime());
            last += 7;
        }

        Assert.Equal(Enumerable.Range(1, last).Select(id => (long)id), await AllAsync());
    }

    [Fact]
    public async Task A_million_comments_are_written_in_bounded_writes_and_found_in_few_reads()
    {
        const int Each = 100, Appends = 10_000, SegmentBytes = 16_384;
        using var writer = Open(out var storage, SegmentBytes);
        for (var i = 0; i < Appends; i++)
            Assert.Equal(AppendResult.Appended, await writer.AppendAsync(_video, new(i * Each), Entries(i * Each + 1, Each)).InTime());

        // One write an append, none larger than a segment and what the append brings, and one that lists the video; nothing is read but that
        // there is no log yet, and where the list ends.
        Assert.Equal(Appends + 1, storage.Written.Count);
        Assert.InRange(storage.Written.Max(), SegmentBytes, SegmentBytes + Each * 32);
        Assert.InRange(storage.Reads, 2, 10);

        // Some 1,400 segments: from nothing the end is found in 22 reads at most, a place in the middle of it all in 22 more.
        using var reader = Open(out var cold, SegmentBytes);
        Assert.Equal(Appends * Each, (await reader.ReadTailAsync(_video, CommentId.Max).InTime()).Last.Value);
        Assert.InRange(cold.Reads, 1, 22);
        foreach (var before in (int[])[1_000_000, 999_950, 500_000, 123_456, 60, 1])
        {
            var reads = cold.Reads;
            var page = await reader.ReadCommentsAsync(_video, new(before), 50).InTime();
            Assert.Equal(
                Enumerable.Range(1, before - 1).Reverse().Take(50).Select(id => (long)id), page.Select(comment => comment.Id.Value));
            Assert.InRange(cold.Reads - reads, 0, 24);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_video_is_listed_before_its_first_comment_is_there_and_no_more_after_it(bool fails)
    {
        using var store = Open(out var storage);
        using var reader = Open(out _);
        storage.BeforeWrite = () => fails && storage.Written.Count == 1 ? throw new IOException("crash") : Task.CompletedTask;
        if (fails) await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.AppendAsync(_video, CommentId.None, Entries(1)).InTime());
        else await store.AppendAsync(_video, CommentId.None, Entries(1)).InTime();
        Assert.Contains(_video, await reader.FindVideosAsync(new(1)).ToListAsync());
        if (fails) return;

        var writes = storage.Written.Count;
        using var owner = Open(out var next);
        await owner.AppendAsync(_video, new(1), Entries(2)).InTime();
        await store.AppendAsync(_video, new(2), Entries(3, 50)).InTime();
        await store.AppendAsync(_video, new(52), Entries(53, 50)).InTime();
        Assert.Equal((1, 2), (next.Written.Count, storage.Written.Count - writes));
        Assert.Single(await reader.FindVideosAsync(new(1)).ToListAsync(), _video);
    }

    private OrleansCommentStore Open(out WatchedGrainStorage storage, int segmentBytes = SmallSegment) =>
        new(storage = new(silo.Storage), new() { SegmentBytes = segmentBytes });

    /// <summary>The ids of the whole log, oldest first, as somebody reads them who has seen nothing of it before.</summary>
    private async Task<IReadOnlyList<long>> AllAsync()
    {
        using var store = Open(out _);
        var comments = await store.ReadCommentsAsync(_video, CommentId.Max, int.MaxValue).InTime();
        return [.. comments.Reverse().Select(comment => comment.Id.Value)];
    }

    private LogEntry Entry(long id, string message = "Hello") => new(new(new(id), _video, "Ada", message), null);

    private LogEntry[] Entries(long from, int count = 1) => [.. Enumerable.Range(0, count).Select(i => Entry(from + i, "message"))];
}
