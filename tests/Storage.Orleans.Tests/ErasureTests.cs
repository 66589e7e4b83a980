namespace LiveComments.Storage.Orleans.Tests;

/// <summary>
/// What is special to erasing in a log in segments: full ones are in the memory of other stores, and others append to the last one.
/// </summary>
public sealed class ErasureTests(MemorySiloStorage silo) : IClassFixture<MemorySiloStorage>
{
    // 26 bytes a comment: 40 fill a segment.
    private const int SmallSegment = 1_024;
    private const int Each = 40;

    private LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    [Fact]
    public async Task What_another_store_has_in_memory_is_read_again_once_after_an_erasure()
    {
        using var writer = Open(out _);
        await FillAsync(writer, 5 * Each + 3);
        using var reader = Open(out var storage);
        Assert.Equal(5 * Each + 3, (await AllAsync(reader)).Count);
        await AssertReadsAsync(1);

        await writer.EraseAsync(_video, [new(3), new(3 * Each)], new(1_000)).InTime();

        var rest = Enumerable.Range(1, 5 * Each + 3).Select(id => (long)id).Except([3, 3 * Each]);
        Assert.Equal(rest, await AllAsync(reader));
        await AssertReadsAsync(1);

        // In the last one alone: that is never read from memory.
        await writer.EraseAsync(_video, [new(5 * Each + 1)], new(1_001)).InTime();
        Assert.Equal(rest.Except([5 * Each + 1]), await AllAsync(reader));
        await AssertReadsAsync(1);

        async Task AssertReadsAsync(int expected)
        {
            var reads = storage.Reads;
            await AllAsync(reader);
            Assert.Equal(expected, storage.Reads - reads);
        }
    }

    [Fact]
    public async Task What_was_erased_in_a_log_that_ends_with_a_full_segment_is_in_no_memory_either()
    {
        using var writer = Open(out _);
        await FillAsync(writer, 2 * Each);
        using var reader = Open(out _);
        using var eraser = Open(out _);
        Assert.Equal(2 * Each, (await AllAsync(reader)).Count);

        for (var id = 2 * Each; id > Each - 5; id--)
        {
            await eraser.EraseAsync(_video, [new(id)], new(1_000)).InTime();
            Assert.Equal(id - 1, (await AllAsync(reader)).Count);
            Assert.Equal(new(id - 1), (await reader.ReadBeforeAsync(_video, new(2 * Each + 1), 1).InTime()).Comments[0].Id);
            Assert.Equal(new(RemovedBy: new(1_000)), await reader.FindAsync(_video, new(id)).InTime());
            Assert.Equal(new(2 * Each), (await reader.ReadTailAsync(_video, new(id)).InTime()).Last);
        }

        // Neither the one who wrote it nor those who have read it knew.
        Assert.Equal(AppendResult.Conflict, await reader.AppendAsync(_video, new(2 * Each - 1), [RemovalOf(1_000, 2)]).InTime());
        Assert.Equal(AppendResult.Appended, await writer.AppendAsync(_video, new(2 * Each), [RemovalOf(1_000, Each)]).InTime());
        Assert.Equal(AppendResult.Appended, await reader.AppendAsync(_video, new(1_000), Entries(1_001)).InTime());
        foreach (var store in (OrleansCommentStore[])[writer, reader, eraser])
        {
            Assert.Equal([.. Enumerable.Range(1, Each - 5).Select(id => (long)id), 1_001], await AllAsync(store));
            Assert.Equal(new(1_000), (await store.ReadTailAsync(_video, CommentId.Max).InTime()).LastRemoval);
        }
    }

    [Fact]
    public async Task However_much_is_appended_after_an_erasure_and_a_removal_they_stay_known()
    {
        using var writer = Open(out _);
        await FillAsync(writer, 2 * Each);
        using var reader = Open(out _);
        await AllAsync(reader);
        using var eraser = Open(out _);
        await eraser.EraseAsync(_video, [new(Each)], new(2 * Each + 1)).InTime();
        Assert.Equal(AppendResult.Appended, await eraser.AppendAsync(_video, new(2 * Each), [RemovalOf(2 * Each + 1, Each)]).InTime());

        for (var last = 2 * Each + 1; last < 6 * Each; last += 7)
        {
            var store = last % 2 == 0 ? writer : eraser;
            await store.ReadTailAsync(_video, CommentId.Max).InTime();
            Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(last), Entries(last + 1, 7)).InTime());
        }

        Assert.DoesNotContain(Each, await AllAsync(reader));
        Assert.Equal(new(2 * Each + 1), (await reader.ReadTailAsync(_video, CommentId.Max).InTime()).LastRemoval);
        Assert.Equal(new(2 * Each + 1), (await reader.ReadBeforeAsync(_video, CommentId.Max, 1).InTime()).LastRemoval);
    }

    [Theory]
    [InlineData(2 * Each - 1)]
    [InlineData(2 * Each)]
    [InlineData(2 * Each + 1)]
    public async Task An_append_that_is_under_way_while_comments_are_erased_brings_nothing_back(int before)
    {
        using var writer = Open(out var storage);
        await FillAsync(writer, before);
        using var reader = Open(out _);
        await AllAsync(reader);
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        storage.BeforeWrite = () =>
        {
            begun.TrySetResult();
            return released.Task;
        };
        var append = writer.AppendAsync(_video, new(before), Entries(before + 1));
        await begun.Task.InTime();

        using var eraser = Open(out _);
        await eraser.EraseAsync(_video, [new(7), new(before)], new(1_000)).InTime();
        var erased = await AllAsync(reader);
        released.SetResult();

        // Nobody else has appended.
        Assert.Equal(AppendResult.Appended, await append.InTime());
        foreach (var store in (OrleansCommentStore[])[writer, reader, eraser]) Assert.Equal([.. erased, before + 1], await AllAsync(store));
        Assert.Equal(before - 2, erased.Count);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, Each)]
    [InlineData(false, Each)]
    [InlineData(true, Each - 2)]
    [InlineData(false, Each - 2)]
    public async Task An_erasure_that_crashes_at_any_write_is_whole_once_it_is_repeated(bool stored, int inLast)
    {
        CommentId[] comments = [new(1), new(Each + 1), new(2 * Each + 1), new(2 * Each + 5), new(4 * Each), new(4 * Each + inLast)];
        for (var crash = 0; ; crash++)
        {
            _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");
            using var writer = Open(out _);
            await FillAsync(writer, 4 * Each + inLast);
            using var reader = Open(out _);
            await AllAsync(reader);
            var (writes, crashed) = (0, false);
            using (var crashing = Open(out var storage))
            {
                Func<Task> hook = () => Interlocked.Increment(ref writes) > crash ? throw new IOException("crash") : Task.CompletedTask;
                if (stored) storage.AfterWrite = hook;
                else storage.BeforeWrite = hook;
                try
                {
                    await crashing.EraseAsync(_video, comments.Distinct().ToList(), new(1_000)).InTime();
                }
                catch (CommentsUnavailableException)
                {
                    crashed = true;
                    // What it reads now it may keep.
                    await AllAsync(reader);
                    using var repeating = Open(out _);
                    await repeating.EraseAsync(_video, comments.Distinct().ToList(), new(1_000)).InTime();
                }
            }

            var rest = Enumerable.Range(1, 4 * Each + inLast).Select(id => (long)id).Except(comments.Select(id => id.Value));
            foreach (var store in (OrleansCommentStore[])[writer, reader])
            {
                Assert.Equal(rest, await AllAsync(store));
                foreach (var comment in comments)
                    Assert.Equal(new(RemovedBy: new(1_000)), await store.FindAsync(_video, comment).InTime());
            }

            if (!crashed) break;
        }
    }

    [Fact]
    public async Task Writes_that_are_repeated_because_their_answers_were_lost_count_once()
    {
        using var store = Open(out var storage);
        storage.RepeatsWrites = true;
        await FillAsync(store, 2 * Each);
        LogEntry[] removals =
        [
            RemovalOf(1_000, 1, Each, 2 * Each), new(new Removal(new(1_001), new(AuthorId: new(7), From: new(1), To: new(9)))),
            new(new Removal(new(1_002), new(From: new(1), To: new(9)))), .. Entries(1_003),
        ];

        await store.EraseAsync(_video, removals[0].Removal!.Removed.Ids!, new(1_000)).InTime();
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(2 * Each), removals).InTime());
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(1_003), [RemovalOf(1_004, 3)]).InTime());
        // Another owner's under the same id is another.
        Assert.Equal(AppendResult.Conflict, await store.AppendAsync(_video, new(1_003), [RemovalOf(1_004, 4)]).InTime());

        using var reader = Open(out _);
        var all = await reader.ReadBeforeAsync(_video, CommentId.Max, 1_000).InTime();
        Assert.Equal(2 * Each - 3 + 1, all.Comments.Count);
        Assert.Equal([1_004, 1_002, 1_001, 1_000], all.Removals.Select(removal => removal.Id.Value));
        Assert.Equal((CommentId.None, new(1_004), new(1_004)), (all.Start, all.AsOf, all.LastRemoval));
        Assert.Equal(removals[0].Removal!.Removed.Ids, all.Removals[3].Removed.Ids!);
        Assert.Equal((removals[1].Removal, removals[2].Removal), (all.Removals[2], all.Removals[1]));
    }

    [Fact]
    public async Task To_erase_one_comment_of_a_long_log_is_few_reads_and_two_writes()
    {
        using var writer = Open(out _);
        await FillAsync(writer, 200 * Each + 1);
        using var store = Open(out var storage);
        await store.ReadTailAsync(_video, CommentId.Max).InTime();
        var reads = storage.Reads;

        await store.EraseAsync(_video, [new(50 * Each)], new(100_000)).InTime();

        // The segment, and the last one, which counts it.
        Assert.Equal(2, storage.Written.Count);
        Assert.InRange(storage.Reads - reads, 1, 20);
    }

    private OrleansCommentStore Open(out WatchedGrainStorage storage) =>
        new(storage = new(silo.Storage), new() { SegmentBytes = SmallSegment });

    private async Task FillAsync(OrleansCommentStore store, int count)
    {
        for (var last = 0; last < count; last += Each)
        {
            var entries = Entries(last + 1, Math.Min(Each, count - last));
            Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(last), entries).InTime());
        }
    }

    private async Task<IReadOnlyList<long>> AllAsync(OrleansCommentStore store)
    {
        var comments = await store.ReadCommentsAsync(_video, CommentId.Max, int.MaxValue).InTime();
        Assert.All(comments, comment => Assert.Equal("message", comment.Message));
        return [.. comments.Reverse().Select(comment => comment.Id.Value)];
    }

    private LogEntry[] Entries(long from, int count = 1) =>
        [.. Enumerable.Range(0, count).Select(i => new LogEntry(new(new(from + i), _video, "Ada", "message"), null))];

    private static LogEntry RemovalOf(long id, params long[] comments) =>
        new(new Removal(new(id), new(Ids: [.. comments.Select(comment => new CommentId(comment))])));
}
