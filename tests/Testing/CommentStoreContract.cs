namespace LiveComments.Testing;

/// <summary>
/// What every <see cref="ICommentStore"/> keeps to. A store's test project derives from it. Tests use videos of their own, so that
/// the stores may be opened on something that holds other logs already.
/// </summary>
public abstract class CommentStoreContract
{
    private readonly string _prefix = $"v{Guid.NewGuid():N}";

    /// <summary>The video that most tests use; no other test has it.</summary>
    protected LiveVideoId Video => VideoNumber(0);

    /// <summary>
    /// Opens a store. All that one test opens are on the same logs, as the stores of two nodes are. The test disposes of those that can be.
    /// </summary>
    protected abstract Task<ICommentStore> OpenAsync();

    [Fact]
    public async Task What_was_appended_is_read_newest_first_by_pages()
    {
        await using var opened = await OpenOneAsync();
        var store = opened.Store;
        await AppendAsync(store, CommentId.None, Entries(1, 2, 3));
        await store.AppendAsync(VideoNumber(1), CommentId.None, EntriesOf(VideoNumber(1), 9)).InTime();
        await AppendAsync(store, new(3), Entries(4));

        Assert.Equal([4, 3], Ids(await store.ReadBeforeAsync(Video, CommentId.Max, 2).InTime()));
        Assert.Equal([2, 1], Ids(await store.ReadBeforeAsync(Video, new(3), 9).InTime()));
        Assert.Empty(await store.ReadBeforeAsync(Video, new(1), 9).InTime());
        Assert.Empty(await store.ReadBeforeAsync(VideoNumber(2), CommentId.Max, 9).InTime());
    }

    [Fact]
    public async Task A_long_log_is_read_alike_by_its_writer_and_by_others()
    {
        await using var writer = await OpenOneAsync();
        var (written, last) = (new List<long>(), CommentId.None);
        for (var size = 1; written.Count < 2_000; size = size * 3 % 101)
        {
            var ids = Enumerable.Range(1, size).Select(i => last.Value + i * 7).ToArray();
            await AppendAsync(writer.Store, last, Entries(ids));
            written.AddRange(ids);
            last = new(ids[^1]);
        }

        await using var other = await OpenOneAsync();
        written.Reverse();
        foreach (var store in (ICommentStore[])[writer.Store, other.Store])
        {
            Assert.Equal(last, (await store.ReadTailAsync(Video, CommentId.Max).InTime()).Last);
            Assert.Equal(written, Ids(await store.ReadBeforeAsync(Video, CommentId.Max, 5_000).InTime()));
            foreach (var before in (long[])[1, 2, 8, 1_000, 6_999, 7_000, 7_001, last.Value, last.Value + 1])
                Assert.Equal(written.Where(id => id < before).Take(50), Ids(await store.ReadBeforeAsync(Video, new(before), 50).InTime()));
        }
    }

    [Fact]
    public async Task Text_comes_back_as_it_was()
    {
        await using var opened = await OpenOneAsync();
        var comment = new Comment(new(7), Video, "Ünïcødé 😀", "'; DROP TABLE comments; --\n\u200F<b>");
        await AppendAsync(opened.Store, CommentId.None, [new(comment, null)]);

        Assert.Equal(comment, Assert.Single(await opened.Store.ReadBeforeAsync(Video, CommentId.Max, 1).InTime()));
        await using var other = await OpenOneAsync();
        Assert.Equal(comment, Assert.Single(await other.Store.ReadBeforeAsync(Video, CommentId.Max, 1).InTime()));
    }

    [Fact]
    public async Task Videos_whose_ids_differ_in_case_alone_have_logs_of_their_own()
    {
        await using var opened = await OpenOneAsync();
        var (lower, upper) = (LiveVideoId.Parse($"{_prefix}ab"), LiveVideoId.Parse($"{_prefix}AB"));
        await opened.Store.AppendAsync(lower, CommentId.None, EntriesOf(lower, 1)).InTime();
        await opened.Store.AppendAsync(upper, CommentId.None, EntriesOf(upper, 2)).InTime();

        Assert.Equal([1], Ids(await opened.Store.ReadBeforeAsync(lower, CommentId.Max, 9).InTime()));
        Assert.Equal([2], Ids(await opened.Store.ReadBeforeAsync(upper, CommentId.Max, 9).InTime()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_append_that_expects_another_end_writes_nothing(long expected)
    {
        await using var opened = await OpenOneAsync();
        await AppendAsync(opened.Store, CommentId.None, Entries(1, 2));

        Assert.Equal(AppendResult.Conflict, await opened.Store.AppendAsync(Video, new(expected), Entries(4, 5)).InTime());
        Assert.Equal([2, 1], Ids(await opened.Store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task An_empty_log_takes_no_append_that_expects_comments()
    {
        await using var opened = await OpenOneAsync();
        Assert.Equal(AppendResult.Conflict, await opened.Store.AppendAsync(Video, new(1), Entries(2)).InTime());
        Assert.Empty(await opened.Store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime());
    }

    [Fact]
    public async Task Two_owners_are_fenced_from_each_other()
    {
        await using var one = await OpenOneAsync();
        await using var other = await OpenOneAsync();
        var wins = new List<long>();
        for (var round = 0; round < 20; round++)
        {
            var last = new CommentId(wins.LastOrDefault());
            var (a, b) = (1_000 + round * 2, 1_001 + round * 2);
            var results = await Task.WhenAll(
                one.Store.AppendAsync(Video, last, Entries(a)), other.Store.AppendAsync(Video, last, Entries(b))).InTime();
            Assert.Equal([AppendResult.Appended, AppendResult.Conflict], results.Order());
            wins.Add(results[0] == AppendResult.Appended ? a : b);
        }

        Assert.Equal(wins, Ids(await one.Store.ReadBeforeAsync(Video, CommentId.Max, 99).InTime()).Reverse());
    }

    [Fact]
    public async Task An_owner_that_was_overtaken_learns_it_and_goes_on_from_the_new_end()
    {
        await using var old = await OpenOneAsync();
        await using var successor = await OpenOneAsync();
        await AppendAsync(old.Store, CommentId.None, Entries(1));
        await AppendAsync(successor.Store, new(1), Entries(2, 3));

        Assert.Equal(AppendResult.Conflict, await old.Store.AppendAsync(Video, new(1), Entries(4)).InTime());
        Assert.Equal(new(3), (await old.Store.ReadTailAsync(Video, CommentId.Max).InTime()).Last);
        await AppendAsync(old.Store, new(3), Entries(5));
        Assert.Equal([5, 3, 2, 1], Ids(await successor.Store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task A_conflict_does_not_harm_the_other_videos()
    {
        await using var opened = await OpenOneAsync();
        await AppendAsync(opened.Store, CommentId.None, Entries(1));
        var results = await Task.WhenAll(
            from i in Enumerable.Range(0, 200)
            select opened.Store.AppendAsync(VideoNumber(i), new(i % 2), EntriesOf(VideoNumber(i), 5))).InTime();

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 2 == 0 && i > 0 ? AppendResult.Appended : AppendResult.Conflict), results);
    }

    [Fact]
    public async Task The_tail_tells_the_end_and_the_keys_that_are_young_enough()
    {
        await using var opened = await OpenOneAsync();
        var (a, b) = (Key("a"), Key("b"));
        Assert.Equal(CommentId.None, (await opened.Store.ReadTailAsync(Video, CommentId.None).InTime()).Last);

        await AppendAsync(opened.Store, CommentId.None, [Entry(1, a), Entry(2), Entry(3, b), Entry(4)]);

        await using var other = await OpenOneAsync();
        foreach (var store in (ICommentStore[])[opened.Store, other.Store])
        {
            var tail = await store.ReadTailAsync(Video, new(2)).InTime();
            Assert.Equal(new(4), tail.Last);
            Assert.Equal([KeyValuePair.Create(b, new CommentId(3))], tail.Keys);
        }
    }

    [Fact]
    public async Task Keys_come_back_in_the_order_of_the_log_however_long_it_is()
    {
        await using var opened = await OpenOneAsync();
        for (var i = 0; i < 20; i++)
        {
            var from = i * 50;
            await AppendAsync(opened.Store, new(from), [.. Enumerable.Range(from + 1, 50).Select(id => Entry(id, id % 3 == 0 ? Key($"{id}") : null))]);
        }

        var tail = await opened.Store.ReadTailAsync(Video, new(100)).InTime();
        Assert.Equal(
            Enumerable.Range(100, 901).Where(id => id % 3 == 0).Select(id => KeyValuePair.Create(Key($"{id}"), new CommentId(id))),
            tail.Keys);
    }

    /// <summary>The id of one of the videos that only this test uses.</summary>
    protected LiveVideoId VideoNumber(int number) => LiveVideoId.Parse($"{_prefix}-{number}");

    /// <summary>An entry of <see cref="Video"/>.</summary>
    protected LogEntry Entry(long id, IdempotencyKey? key = null) => new(new(new(id), Video, "Ada", $"{id}"), key);

    /// <summary>Entries of <see cref="Video"/> with these ids.</summary>
    protected LogEntry[] Entries(params long[] ids) => [.. ids.Select(id => Entry(id))];

    /// <summary>The ids of comments, in the same order.</summary>
    protected static IEnumerable<long> Ids(IReadOnlyList<Comment> comments) => comments.Select(comment => comment.Id.Value);

    /// <summary>Appends to <see cref="Video"/> what must go in.</summary>
    protected async Task AppendAsync(ICommentStore store, CommentId expectedLast, LogEntry[] entries) =>
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(Video, expectedLast, entries).InTime());

    private static LogEntry[] EntriesOf(LiveVideoId video, params long[] ids) =>
        [.. ids.Select(id => new LogEntry(new(new(id), video, "Ada", $"{id}"), null))];

    private static IdempotencyKey Key(string text) =>
        IdempotencyKey.TryCreate(text, out var key) ? key : throw new ArgumentException("no key", nameof(text));

    private async Task<OpenStore> OpenOneAsync() => new(await OpenAsync().InTime());

    private sealed record OpenStore(ICommentStore Store) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (Store is IAsyncDisposable closing) await closing.DisposeAsync();
            else (Store as IDisposable)?.Dispose();
        }
    }
}
