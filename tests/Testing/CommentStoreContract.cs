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

        Assert.Equal([4, 3], Ids(await store.ReadCommentsAsync(Video, CommentId.Max, 2).InTime()));
        Assert.Equal([2, 1], Ids(await store.ReadCommentsAsync(Video, new(3), 9).InTime()));
        Assert.Empty(await store.ReadCommentsAsync(Video, new(1), 9).InTime());
        Assert.Empty(await store.ReadCommentsAsync(VideoNumber(2), CommentId.Max, 9).InTime());
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
            Assert.Equal(written, Ids(await store.ReadCommentsAsync(Video, CommentId.Max, 5_000).InTime()));
            foreach (var before in (long[])[1, 2, 8, 1_000, 6_999, 7_000, 7_001, last.Value, last.Value + 1])
                Assert.Equal(written.Where(id => id < before).Take(50), Ids(await store.ReadCommentsAsync(Video, new(before), 50).InTime()));
        }
    }

    [Fact]
    public async Task Text_comes_back_as_it_was()
    {
        await using var opened = await OpenOneAsync();
        var comment = new Comment(new(7), Video, "Ünïcødé 😀", "'; DROP TABLE comments; --\n\u200F<b>");
        await AppendAsync(opened.Store, CommentId.None, [new(comment, null)]);

        Assert.Equal(comment, Assert.Single(await opened.Store.ReadCommentsAsync(Video, CommentId.Max, 1).InTime()));
        await using var other = await OpenOneAsync();
        Assert.Equal(comment, Assert.Single(await other.Store.ReadCommentsAsync(Video, CommentId.Max, 1).InTime()));
    }

    [Fact]
    public async Task What_a_comment_answers_comes_back_as_it_was_and_goes_with_it()
    {
        await using var opened = await OpenOneAsync();
        long?[] parents = [null, 1, null, long.MaxValue, 2];
        var comments = parents.Select((parent, i) => new Comment(new(i + 1), Video, "Ada", $"{i}")
        {
            ReplyTo = parent is { } id ? new CommentId(id) : null,
            Identity = i % 2 == 0 ? null : new(new(7), AuthorRole.Viewer, true),
        }).ToList();
        await AppendAsync(opened.Store, CommentId.None, [.. comments.Take(2).Select(comment => new LogEntry(comment, null))]);
        await AppendAsync(opened.Store, new(2), [.. comments.Skip(2).Select(comment => new LogEntry(comment, Key($"{comment.Id}")))]);
        await opened.Store.EraseAsync(Video, [new(2)], new(6)).InTime();
        await AppendAsync(opened.Store, new(5), [new(new Removal(new(6), new(Ids: [new(2)])))]);

        await using var other = await OpenOneAsync();
        foreach (var store in (ICommentStore[])[opened.Store, other.Store])
        {
            Assert.Equal(
                [comments[4], comments[3], comments[2], comments[0]], await store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime());
            Assert.Equal(comments[3], (await store.FindAsync(Video, new(4)).InTime()).Comment);
            Assert.Equal(new(RemovedBy: new CommentId(6)), await store.FindAsync(Video, new(2)).InTime());
        }
    }

    [Fact]
    public async Task What_a_token_said_of_the_author_comes_back_as_it_was()
    {
        await using var opened = await OpenOneAsync();
        AuthorIdentity?[] identities =
        [
            null, new(new(long.MinValue), AuthorRole.Viewer, false), new(new(-1), AuthorRole.Moderator, true), null,
            new(new(0), AuthorRole.Owner, false), new(new(long.MaxValue), AuthorRole.Viewer, true),
            AuthorIdentity.OfAddress(new(7)), new(new(9), AuthorRole.Moderator, true) { Announces = true },
        ];
        var comments = identities.Select((identity, i) => new Comment(new(i + 1), Video, "Ada", $"{i}") { Identity = identity }).ToList();
        await AppendAsync(opened.Store, CommentId.None, [.. comments.Take(2).Select(comment => new LogEntry(comment, null))]);
        await AppendAsync(opened.Store, new(2), [.. comments.Skip(2).Select(comment => new LogEntry(comment, Key($"{comment.Id}")))]);

        await using var other = await OpenOneAsync();
        comments.Reverse();
        foreach (var store in (ICommentStore[])[opened.Store, other.Store])
        {
            Assert.Equal(comments, await store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime());
            Assert.Equal(6, (await store.ReadTailAsync(Video, CommentId.None).InTime()).Keys.Count);
        }
    }

    [Fact]
    public async Task Videos_whose_ids_differ_in_case_alone_have_logs_of_their_own()
    {
        await using var opened = await OpenOneAsync();
        var (lower, upper) = (LiveVideoId.Parse($"{_prefix}ab"), LiveVideoId.Parse($"{_prefix}AB"));
        await opened.Store.AppendAsync(lower, CommentId.None, EntriesOf(lower, 1)).InTime();
        await opened.Store.AppendAsync(upper, CommentId.None, EntriesOf(upper, 2)).InTime();

        Assert.Equal([1], Ids(await opened.Store.ReadCommentsAsync(lower, CommentId.Max, 9).InTime()));
        Assert.Equal([2], Ids(await opened.Store.ReadCommentsAsync(upper, CommentId.Max, 9).InTime()));
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
        Assert.Equal([2, 1], Ids(await opened.Store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task An_empty_log_takes_no_append_that_expects_comments()
    {
        await using var opened = await OpenOneAsync();
        Assert.Equal(AppendResult.Conflict, await opened.Store.AppendAsync(Video, new(1), Entries(2)).InTime());
        Assert.Empty(await opened.Store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime());
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

        Assert.Equal(wins, Ids(await one.Store.ReadCommentsAsync(Video, CommentId.Max, 99).InTime()).Reverse());
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
        Assert.Equal([5, 3, 2, 1], Ids(await successor.Store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
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

    [Fact]
    public async Task Removals_are_entries_of_the_log_and_pass_the_same_fence()
    {
        await using var opened = await OpenOneAsync();
        await using var other = await OpenOneAsync();
        var range = new RemovedComments(AuthorId: new(-7), From: new(1), To: new(4));
        await AppendAsync(opened.Store, CommentId.None, Entries(1, 2));
        await AppendAsync(opened.Store, new(2), [RemovalOf(3, 1)]);
        Assert.Equal(AppendResult.Conflict, await other.Store.AppendAsync(Video, new(2), [RemovalOf(4, 2)]).InTime());
        await AppendAsync(other.Store, new(3), Entries(4));
        await AppendAsync(opened.Store, new(4), [new(new Removal(new(5), range)), new(new Removal(new(6), new(From: new(1), To: new(5))))]);

        foreach (var store in (ICommentStore[])[opened.Store, other.Store])
        {
            var tail = await store.ReadTailAsync(Video, CommentId.Max).InTime();
            Assert.Equal((new CommentId(6), new CommentId(6)), (tail.Last, tail.LastRemoval));
            var all = await store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime();
            Assert.Equal([6, 5, 3], all.Removals.Select(removal => removal.Id.Value));
            Assert.Equal([new(1)], all.Removals[2].Removed.Ids!);
            Assert.Equal([range, new(From: new(1), To: new(5))], [all.Removals[1].Removed, all.Removals[0].Removed]);
            Assert.Equal((CommentId.None, new CommentId(6), new CommentId(6)), (all.Start, all.AsOf, all.LastRemoval));
            // Those from the oldest comment on, and no others.
            var some = await store.ReadBeforeAsync(Video, new(6), 1).InTime();
            Assert.Equal([4], Ids(some.Comments));
            Assert.Equal([5], some.Removals.Select(removal => removal.Id.Value));
            Assert.Equal(new(4), some.Start);
            var older = await store.ReadBeforeAsync(Video, new(4), 1).InTime();
            Assert.Equal([2], Ids(older.Comments));
            Assert.Equal([3], older.Removals.Select(removal => removal.Id.Value));
            Assert.Equal(range, (await store.FindAsync(Video, new(5)).InTime()).Removal?.Removed);
        }
    }

    [Fact]
    public async Task What_is_erased_is_read_by_nobody_and_its_place_and_key_stay()
    {
        await using var writer = await OpenOneAsync();
        await using var reader = await OpenOneAsync();
        var key = Key("a");
        await AppendAsync(writer.Store, CommentId.None, Entries(1, 2));
        await AppendAsync(writer.Store, new(2), [Entry(3), Entry(4, key)]);
        // Whatever it keeps in memory of them.
        Assert.Equal([4, 3, 2, 1], Ids(await reader.Store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
        await reader.Store.ReadTailAsync(Video, CommentId.None).InTime();

        await writer.Store.EraseAsync(Video, [new(2), new(4), new(99)], new(5)).InTime();

        await using var later = await OpenOneAsync();
        foreach (var store in (ICommentStore[])[writer.Store, reader.Store, later.Store])
        {
            Assert.Equal([3, 1], Ids(await store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
            Assert.Equal([3], Ids(await store.ReadCommentsAsync(Video, CommentId.Max, 1).InTime()));
            Assert.Equal([1], Ids(await store.ReadCommentsAsync(Video, new(3), 9).InTime()));
            var tail = await store.ReadTailAsync(Video, CommentId.None).InTime();
            // The log ends where it did.
            Assert.Equal(new(4), tail.Last);
            Assert.Equal([KeyValuePair.Create(key, new CommentId(4))], tail.Keys);
            Assert.Equal(new FoundEntry(RemovedBy: new(5)), await store.FindAsync(Video, new(2)).InTime());
            Assert.Equal("3", (await store.FindAsync(Video, new(3)).InTime()).Comment?.Message);
            Assert.Equal(default, await store.FindAsync(Video, new(99)).InTime());
            Assert.Equal(default, await store.FindAsync(Video, new(7)).InTime());
        }

        // An owner that did not know goes on where the log ends.
        await AppendAsync(reader.Store, new(4), [RemovalOf(5, 2, 4)]);
        await AppendAsync(writer.Store, new(5), Entries(6));
        Assert.Equal([6, 3, 1], Ids(await later.Store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
        // It may be said again, for another removal.
        await later.Store.EraseAsync(Video, [new(2), new(3)], new(7)).InTime();
        Assert.Equal(new(7), (await writer.Store.FindAsync(Video, new(2)).InTime()).RemovedBy);
        Assert.Equal(new(5), (await writer.Store.FindAsync(Video, new(4)).InTime()).RemovedBy);
        Assert.Equal([6, 1], Ids(await writer.Store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task Comments_are_found_by_their_author_in_a_long_log_and_erased()
    {
        await using var opened = await OpenOneAsync();
        AuthorId spammer = new(long.MinValue), address = new(77);
        var last = CommentId.None;
        for (var i = 0; i < 30; i++)
        {
            var entries = Enumerable.Range(1, 100).Select(n => Written(last.Value + n, n % 3 == 0 ? spammer : n % 3 == 1 ? address : null)).ToArray();
            await AppendAsync(opened.Store, last, entries);
            last = entries[^1].Id;
        }

        await using var other = await OpenOneAsync();
        var found = await other.Store.FindByAuthorAsync(Video, spammer, new(500), new(2_500)).InTime();
        // Each hundred begins anew: the third, sixth ... of it.
        var expected = Enumerable.Range(500, 2_001).Where(id => (id - 1) % 100 % 3 == 2 && (id - 1) % 100 != 99).Select(id => new CommentId(id)).ToArray();
        Assert.Equal(expected, found.Ids);
        Assert.False(found.IsAddress);
        Assert.True((await other.Store.FindByAuthorAsync(Video, address, CommentId.None, last).InTime()).IsAddress);
        Assert.Equal(2_001, (await other.Store.FindByAuthorAsync(Video, null, new(500), new(2_500)).InTime()).Ids.Count);

        await other.Store.EraseAsync(Video, found.Ids, new(9_000)).InTime();
        var again = await opened.Store.FindByAuthorAsync(Video, spammer, new(500), new(2_500)).InTime();
        Assert.Empty(again.Ids);
        Assert.Equal(
            Enumerable.Range(1, 3_000).Reverse().Select(id => (long)id).Except(expected.Select(id => id.Value)),
            Ids(await opened.Store.ReadCommentsAsync(Video, CommentId.Max, 5_000).InTime()));

        LogEntry Written(long id, AuthorId? author) => new(
            new(new(id), Video, "Ada", $"{id}")
            {
                Identity = author is not { } known ? null
                    : known == address ? AuthorIdentity.OfAddress(known) : new(known, AuthorRole.Viewer, Verified: false),
            },
            null);
    }

    [Fact]
    public async Task A_stretch_ends_where_it_has_many_removals_and_goes_on_there()
    {
        await using var opened = await OpenOneAsync();
        await AppendAsync(opened.Store, CommentId.None, Entries(1));
        var removals = LogStretch.MostRemovals + 50;
        for (var i = 0; i < removals; i += 50)
            await AppendAsync(opened.Store, new(i + 1), [.. Enumerable.Range(i + 2, 50).Select(id => RemovalOf(id, 1))]);
        await AppendAsync(opened.Store, new(removals + 1), Entries(removals + 2));

        var newest = await opened.Store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime();
        Assert.Equal([removals + 2], Ids(newest.Comments));
        Assert.Equal(LogStretch.MostRemovals, newest.Removals.Count);
        Assert.Equal(newest.Removals[^1].Id, newest.Start);
        var older = await opened.Store.ReadBeforeAsync(Video, newest.Start, 9).InTime();
        Assert.Equal([1], Ids(older.Comments));
        Assert.Equal((50, CommentId.None), (older.Removals.Count, older.Start));
    }

    [Fact]
    public async Task The_videos_are_found_on_which_somebody_has_written_and_no_logs_of_decisions()
    {
        var (ada, address) = (new AuthorIdentity(new(long.MinValue), AuthorRole.Viewer, true), AuthorIdentity.OfAddress(new(77)));
        await using (var opened = await OpenOneAsync())
        {
            await WriteAsync(opened.Store, VideoNumber(0), ada);
            await WriteAsync(opened.Store, VideoNumber(1), [null]);
            await WriteAsync(opened.Store, VideoNumber(2), null, address, null);
            await WriteAsync(opened.Store, VideoNumber(3), null, null, ada);
            await WriteAsync(opened.Store, VideoNumber(4), ada);
            await opened.Store.EraseAsync(VideoNumber(4), [new(1)], new(2)).InTime();
            using var bans = new SiteBans(opened.Store, TimeProvider.System);
            await bans.AddAsync(new(ada.Id, DateTimeOffset.UtcNow)).InTime();

            await FindsAsync(opened.Store);
        }

        await using var again = await OpenOneAsync();
        await FindsAsync(again.Store);

        async Task FindsAsync(ICommentStore store)
        {
            var found = await FindAsync(store, ada.Id);
            Assert.Empty(((LiveVideoId[])[VideoNumber(0), VideoNumber(3), VideoNumber(4)]).Except(found));
            Assert.DoesNotContain(found, video => video.HoldsDecisions);
            Assert.Contains(VideoNumber(2), await FindAsync(store, address.Id));
        }
    }

    [Fact]
    public async Task Many_videos_are_found_while_others_are_begun()
    {
        const int Videos = 1_200;
        await using var one = await OpenOneAsync();
        await using var other = await OpenOneAsync();
        AuthorIdentity ada = new(new(8), AuthorRole.Viewer, true), eve = new(new(9), AuthorRole.Viewer, true);
        var stores = (ICommentStore[])[one.Store, other.Store];
        await Parallel.ForAsync(0, Videos, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            await WriteAsync(stores[i % 2], VideoNumber(i), eve, i % 3 == 0 ? ada : null, eve));

        var meanwhile = Parallel.ForAsync(Videos, Videos + 100, async (i, _) => await WriteAsync(stores[i % 2], VideoNumber(i), ada));
        var found = await FindAsync(other.Store, ada.Id);
        await meanwhile.InTime();

        Assert.Empty(Enumerable.Range(0, Videos).Where(i => i % 3 == 0).Select(VideoNumber).Except(found));
        await using var later = await OpenOneAsync();
        Assert.Empty(Enumerable.Range(0, Videos).Select(VideoNumber).Except(await FindAsync(later.Store, eve.Id)));
        Assert.Empty(Enumerable.Range(Videos, 100).Select(VideoNumber).Except(await FindAsync(later.Store, ada.Id)));
    }

    [Fact]
    public async Task A_video_is_found_in_which_somebody_has_held_comments_alone()
    {
        await using var opened = await OpenOneAsync();
        var held = LiveVideoId.HeldOf(VideoNumber(7_000));
        await WriteAsync(opened.Store, held, new AuthorIdentity(new(77), AuthorRole.Viewer, true));

        var found = await FindAsync(opened.Store, new(77));
        Assert.Contains(VideoNumber(7_000), found);
        Assert.DoesNotContain(held, found);
        Assert.Single((await opened.Store.FindByAuthorAsync(held, new(77), CommentId.None, CommentId.Max).InTime()).Ids);
    }

    [Fact]
    public async Task A_search_for_videos_can_be_given_up()
    {
        await using var opened = await OpenOneAsync();
        await WriteAsync(opened.Store, Video, new AuthorIdentity(new(8), AuthorRole.Viewer, true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in opened.Store.FindVideosAsync(new(8), new CancellationToken(canceled: true)))
            {
            }
        }).InTime();
    }

    /// <summary>A removal of comments of <see cref="Video"/>.</summary>
    protected static LogEntry RemovalOf(long id, params long[] comments) =>
        new(new Removal(new(id), new(Ids: [.. comments.Select(comment => new CommentId(comment))])));

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

    /// <summary>Appends the first comments of a video, of these authors.</summary>
    private static async Task WriteAsync(ICommentStore store, LiveVideoId video, params AuthorIdentity?[] authors) =>
        Assert.Equal(
            AppendResult.Appended,
            await store.AppendAsync(
                video,
                CommentId.None,
                [.. authors.Select((author, i) => new LogEntry(new(new(i + 1), video, "Ada", "Hello") { Identity = author }, null))]).InTime());

    private static async Task<HashSet<LiveVideoId>> FindAsync(ICommentStore store, AuthorId author)
    {
        var found = new HashSet<LiveVideoId>();
        await foreach (var video in store.FindVideosAsync(author)) found.Add(video);
        return found;
    }

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
