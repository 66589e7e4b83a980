using Amazon.DynamoDBv2.Model;

namespace LiveComments.Storage.DynamoDb.Tests;

/// <summary>What is special to erasing in items, and to removals in them.</summary>
public sealed class ErasureTests(DynamoDbFixture dynamoDb) : IClassFixture<DynamoDbFixture>, IAsyncLifetime
{
    private readonly LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");
    private DynamoDbCommentStore _store = null!;

    public async Task InitializeAsync()
    {
        dynamoDb.Proxy.Faults = _ => Fault.None;
        _store = await dynamoDb.OpenAsync("erasures");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task One_comment_is_erased_with_one_read_and_one_write()
    {
        for (var i = 0; i < 30; i++) await AppendAsync(_store, i * 5, Entries(i * 5 + 1, 5));
        dynamoDb.Proxy.Operations.Clear();

        await _store.EraseAsync(_video, [new(77)], new(1_000)).InTime();
        Assert.Equal(["Query", "UpdateItem"], dynamoDb.Proxy.Operations);
        // It is so already.
        await _store.EraseAsync(_video, [new(77)], new(1_000)).InTime();
        Assert.Equal(["Query", "UpdateItem", "Query"], dynamoDb.Proxy.Operations);

        await AppendAsync(_store, 150, RemovalOf(1_000, 77));
        Assert.Equal(["Query", "UpdateItem", "Query", "PutItem"], dynamoDb.Proxy.Operations);
    }

    [Fact]
    public async Task Comments_near_and_far_from_one_another_are_erased()
    {
        for (var i = 0; i < 100; i++) await AppendAsync(_store, i * 5, Entries(i * 5 + 1, 5));
        CommentId[] comments =
        [
            new(1), new(2), new(6), .. Enumerable.Range(100, 120).Select(id => new CommentId(id)), new(400), new(500), new(501),
            CommentId.Max,
        ];

        await _store.EraseAsync(_video, comments, new(1_000)).InTime();

        Assert.Equal(Enumerable.Range(1, 500).Select(id => (long)id).Except(comments.Select(id => id.Value)), await AllAsync());
    }

    [Fact]
    public async Task Stores_that_erase_in_one_item_at_once_lose_nothing_of_each_other_while_another_appends()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => dynamoDb.OpenAsync("erasures")));
        const int Count = 80;
        await AppendAsync(_store, 0, Entries(1, Count));

        var erasing = stores.Select((store, number) => Task.Run(async () =>
        {
            for (var id = number + 1; id <= Count; id += stores.Length)
            {
                await store.EraseAsync(_video, [new(id)], new(1_000 + id)).InTime();
                Assert.Equal(new(RemovedBy: new(1_000 + id)), await _store.FindAsync(_video, new(id)).InTime());
            }
        })).ToList();
        for (var i = 0; i < 50; i++) await AppendAsync(_store, Count + i, Entries(Count + i + 1, 1));
        await Task.WhenAll(erasing).InTime();

        Assert.Equal(Enumerable.Range(Count + 1, 50).Select(id => (long)id), await AllAsync());
        for (var id = 1; id <= Count; id++)
            Assert.Equal(new(RemovedBy: new(1_000 + id)), await _store.FindAsync(_video, new(id)).InTime());
    }

    [Theory]
    [InlineData(Fault.Throttle)]
    [InlineData(Fault.CutBefore)]
    [InlineData(Fault.CutAfter)]
    public async Task An_erasure_that_fails_for_a_moment_is_made(Fault fault)
    {
        await AppendAsync(_store, 0, Entries(1, 3));
        foreach (var id in (long[])[1, 3])
        {
            dynamoDb.Proxy.FailFirst("UpdateItem", fault, fault);
            await _store.EraseAsync(_video, [new(id)], new(9)).InTime();
        }

        Assert.Equal([2], await AllAsync());
    }

    [Fact]
    public async Task An_erasure_that_ended_too_early_is_whole_once_it_is_repeated()
    {
        for (var i = 0; i < 40; i++) await AppendAsync(_store, i * 2, Entries(i * 2 + 1, 2));
        var comments = Enumerable.Range(0, 40).Select(i => new CommentId(i * 2 + 1)).ToList();
        var updates = 0;
        dynamoDb.Proxy.Faults = asked => asked == "UpdateItem" && Interlocked.Increment(ref updates) > 7 ? Fault.CutAfter : Fault.None;
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => _store.EraseAsync(_video, comments, new(1_000)).InTime());

        dynamoDb.Proxy.Faults = _ => Fault.None;
        // Its caller finds which are erased and which are not.
        Assert.InRange((await _store.FindByAuthorAsync(_video, null, CommentId.None, CommentId.Max).InTime()).Ids.Count, 41, 79);
        await _store.EraseAsync(_video, comments, new(1_001)).InTime();

        Assert.Equal(Enumerable.Range(1, 40).Select(i => i * 2L), await AllAsync());
        foreach (var comment in comments) Assert.Equal(new(RemovedBy: new(1_001)), await _store.FindAsync(_video, comment).InTime());
    }

    [Fact]
    public async Task The_last_removal_is_known_whoever_appends_after_it()
    {
        var other = await dynamoDb.OpenAsync("erasures");
        await AppendAsync(_store, 0, Entries(1, 3));
        await AppendAsync(_store, 3, [.. RemovalOf(4, 1), .. RemovalOf(5, 2), .. Entries(6, 1)]);
        await _store.EraseAsync(_video, [new(3)], new(99)).InTime();
        // It has read nothing since.
        await AppendAsync(_store, 6, Entries(7, 1));
        await AppendAsync(_store, 7, Entries(8, 1));
        long last = 8;
        foreach (var store in (DynamoDbCommentStore[])[other, _store, other, await dynamoDb.OpenAsync("erasures")])
        {
            if (last % 2 == 0) await store.ReadTailAsync(_video, CommentId.Max).InTime();
            await AppendAsync(store, last, Entries(last + 1, 1));
            last++;
            foreach (var reader in (DynamoDbCommentStore[])[_store, other])
            {
                var tail = await reader.ReadTailAsync(_video, CommentId.Max).InTime();
                Assert.Equal((new CommentId(last), new CommentId(5)), (tail.Last, tail.LastRemoval));
                var page = await reader.ReadBeforeAsync(_video, new(2), 1).InTime();
                Assert.Equal((new CommentId(last), new CommentId(5)), (page.AsOf, page.LastRemoval));
            }
        }

        await AppendAsync(_store, last, RemovalOf(1_000, 2));
        Assert.Equal(new CommentId(1_000), (await other.ReadTailAsync(_video, CommentId.Max).InTime()).LastRemoval);
    }

    [Fact]
    public async Task An_item_that_an_earlier_version_wrote_is_erased_and_the_log_goes_on()
    {
        // The two comments of AppendItemTests, as the first comments of a log: Ada's Hi under the id 2, and B's under 3, with a key.
        byte[] packed =
        [
            1, 2, 2, 3, (byte)'A', (byte)'d', (byte)'a', 2, (byte)'H', (byte)'i', 0,
            1, 1, (byte)'B', 1, (byte)'!', 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        ];
        using var client = DynamoDbFixture.Client(dynamoDb.Settings("erasures"));
        var item = new Dictionary<string, AttributeValue>
        {
            ["video"] = new($"{_video}"),
            ["position"] = new() { N = "0" },
            ["writer"] = new() { B = new(Guid.NewGuid().ToByteArray()) },
            ["comments"] = new() { B = new(packed) },
        };
        await client.PutItemAsync("erasures", item).InTime();
        Assert.Equal([2, 3], await AllAsync());

        await _store.EraseAsync(_video, [new(3)], new(4)).InTime();
        await AppendAsync(_store, 3, [.. RemovalOf(4, 3), .. Entries(5, 1)]);

        Assert.Equal([2, 5], await AllAsync());
        var tail = await _store.ReadTailAsync(_video, CommentId.None).InTime();
        Assert.Equal((new CommentId(5), new CommentId(4)), (tail.Last, tail.LastRemoval));
        Assert.Equal(new CommentId(3), Assert.Single(tail.Keys).Value);
    }

    private async Task<IEnumerable<long>> AllAsync()
    {
        var store = await dynamoDb.OpenAsync("erasures");
        var comments = await store.ReadCommentsAsync(_video, CommentId.Max, int.MaxValue).InTime();
        return comments.Reverse().Select(comment => comment.Id.Value);
    }

    private async Task AppendAsync(DynamoDbCommentStore store, long expectedLast, LogEntry[] entries) =>
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, new(expectedLast), entries).InTime());

    private LogEntry[] Entries(long from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new LogEntry(new(new(from + i), _video, "Ada", "message"), null))];

    private static LogEntry[] RemovalOf(long id, params long[] comments) =>
        [new(new Removal(new(id), new(Ids: [.. comments.Select(comment => new CommentId(comment))])))];
}
