namespace LiveComments.Storage.DynamoDb.Tests;

public sealed class DynamoDbCommentStoreTests(
    DynamoDbFixture dynamoDb) : CommentStoreContract, IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private DynamoDbCommentStore _store = null!;

    public async Task InitializeAsync()
    {
        dynamoDb.Proxy.Faults = _ => Fault.None;
        _store = await dynamoDb.OpenAsync("store");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected override async Task<ICommentStore> OpenAsync() => await dynamoDb.OpenAsync("store");

    [Fact]
    public async Task An_append_is_one_write_and_nothing_else_where_the_end_is_known()
    {
        await _store.ReadTailAsync(Video, CommentId.None).InTime();
        dynamoDb.Proxy.Operations.Clear();

        await AppendAsync(0, 1, 2, 3);
        await AppendAsync(3, 4);

        Assert.Equal(["PutItem", "PutItem"], dynamoDb.Proxy.Operations);
    }

    [Fact]
    public async Task As_many_of_the_largest_comments_as_one_append_may_carry_fit_into_an_item()
    {
        var largest = Enumerable.Range(1, DynamoDbCommentStore.MaxEntries)
            .Select(i => new LogEntry(
                new(new(i * (long.MaxValue / 1_000)), Video, string.Concat(Enumerable.Repeat("😀", 50)), string.Concat(Enumerable.Repeat("😀", 500)))
                {
                    Identity = new(new(long.MaxValue), AuthorRole.Owner, true),
                },
                new IdempotencyKey(UInt128.MaxValue)))
            .ToList();

        Assert.Equal(AppendResult.Appended, await _store.AppendAsync(Video, CommentId.None, largest).InTime());

        var read = await _store.ReadCommentsAsync(Video, CommentId.Max, 1_000).InTime();
        Assert.Equal(largest.Select(entry => entry.Comment).Reverse(), read);
    }

    [Fact]
    public async Task History_is_the_same_in_one_read_and_in_many_whatever_the_segments()
    {
        var random = new Random(1);
        long last = 0;
        var all = new List<long>();
        for (var segment = 0; segment < 120; segment++)
        {
            var ids = Enumerable.Range(1, random.Next(1, 9)).Select(i => last + (i * 3)).ToArray();
            await AppendAsync(last, ids);
            all.AddRange(ids);
            last = ids[^1];
        }

        all.Reverse();
        Assert.Equal(all, Ids(await _store.ReadCommentsAsync(Video, CommentId.Max, 9_999).InTime()));
        var paged = new List<long>();
        for (var before = CommentId.Max; ;)
        {
            var page = await _store.ReadCommentsAsync(Video, before, 37).InTime();
            if (page.Count == 0) break;
            paged.AddRange(Ids(page));
            before = page[^1].Id;
        }

        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData(Fault.Throttle)]
    [InlineData(Fault.CutBefore)]
    [InlineData(Fault.CutAfter)]
    public async Task A_write_that_fails_for_a_moment_is_made_once(Fault fault)
    {
        dynamoDb.Proxy.FailFirst("PutItem", fault, fault);

        await AppendAsync(0, 1, 2);
        await AppendAsync(2, 3);

        Assert.Equal([3, 2, 1], Ids(await _store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task A_write_whose_outcome_is_unknown_is_read_back_before_it_is_tried_again()
    {
        await _store.ReadTailAsync(Video, CommentId.None).InTime();
        dynamoDb.Proxy.Operations.Clear();
        dynamoDb.Proxy.FailFirst("PutItem", Fault.CutAfter);
        await AppendAsync(0, 1);
        Assert.Equal(["PutItem", "GetItem"], dynamoDb.Proxy.Operations);

        dynamoDb.Proxy.Operations.Clear();
        dynamoDb.Proxy.FailFirst("PutItem", Fault.CutBefore);
        await AppendAsync(1, 2);
        Assert.Equal(["PutItem", "GetItem", "PutItem"], dynamoDb.Proxy.Operations);
    }

    [Fact]
    public async Task An_own_write_whose_outcome_is_unknown_is_not_taken_for_that_of_another()
    {
        var other = await dynamoDb.OpenAsync("store");
        dynamoDb.Proxy.FailFirst("PutItem", Fault.CutBefore);
        dynamoDb.Proxy.Faults = Then(dynamoDb.Proxy.Faults, "GetItem", () => other.AppendAsync(Video, CommentId.None, Entries(7)));

        Assert.Equal(AppendResult.Conflict, await _store.AppendAsync(Video, CommentId.None, Entries(1)).InTime());

        Assert.Equal([7], Ids(await _store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));

        static Func<string, Fault> Then(Func<string, Fault> faults, string operation, Func<Task> act)
        {
            var acted = 0;
            return asked =>
            {
                if (asked == operation && Interlocked.Exchange(ref acted, 1) == 0) act().GetAwaiter().GetResult();
                return faults(asked);
            };
        }
    }

    [Theory]
    [InlineData(Fault.Throttle)]
    [InlineData(Fault.CutBefore)]
    [InlineData(Fault.Hang)]
    public async Task It_refuses_while_the_table_cannot_be_asked_and_recovers(Fault fault)
    {
        var store = await dynamoDb.OpenAsync("store", timeoutMs: 100);
        await AppendAsync(0, 1);
        dynamoDb.Proxy.Faults = _ => fault;
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.AppendAsync(Video, new(1), Entries(2)).InTime());
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.ReadCommentsAsync(Video, CommentId.Max, 1).InTime());
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.ReadTailAsync(Video, CommentId.None).InTime());

        dynamoDb.Proxy.Faults = _ => Fault.None;
        await AppendAsync(1, 2);
        Assert.Equal([2, 1], Ids(await _store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
    }

    private Task AppendAsync(long expectedLast, params long[] ids) => AppendAsync(_store, new(expectedLast), Entries(ids));
}
