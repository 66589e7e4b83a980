using LiveComments.Postgres;

namespace LiveComments.Storage.PostgreSql.Tests;

[Collection(PostgresCollection.Name)]
public sealed class PostgreSqlCommentStoreTests(PostgresServer server) : CommentStoreContract
{
    private const string Schema = "contract";

    protected override async Task<ICommentStore> OpenAsync() => await server.OpenAsync(Schema);

    [Fact]
    public async Task What_waits_when_it_closes_is_there_when_it_opens_again()
    {
        Task<AppendResult>[] appends;
        await using (var store = await server.OpenAsync(Schema))
            appends = [.. Enumerable.Range(0, 500).Select(i => store.AppendAsync(VideoNumber(i), CommentId.None, Entries(1)))];
        Assert.All(await Task.WhenAll(appends).InTime(), result => Assert.Equal(AppendResult.Appended, result));

        await using var again = await server.OpenAsync(Schema);
        for (var i = 0; i < 500; i++) Assert.Equal(new(1), (await again.ReadTailAsync(VideoNumber(i), CommentId.Max).InTime()).Last);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = await server.OpenAsync(Schema);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.AppendAsync(Video, CommentId.None, Entries(1)));
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.ReadTailAsync(Video, CommentId.None));
    }

    [Fact]
    public async Task Appends_of_one_log_that_come_at_once_go_in_their_order()
    {
        await using var store = await server.OpenAsync(Schema);
        var appends = Enumerable.Range(0, 20).Select(i => store.AppendAsync(Video, new(i), Entries(i + 1))).ToList();
        Assert.All(await Task.WhenAll(appends).InTime(), result => Assert.Equal(AppendResult.Appended, result));
        Assert.Equal(20, (await store.ReadCommentsAsync(Video, CommentId.Max, 99).InTime()).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task A_text_that_the_database_does_not_take_fails_alone(int character)
    {
        await using var store = await server.OpenAsync(Schema);
        var appends = Enumerable.Range(0, 50)
            .Select(i => store.AppendAsync(
                VideoNumber(i), CommentId.None, [new(new(new(1), VideoNumber(i), "Ada", i == 25 ? $"{(char)character}" : "Hello"), null)]))
            .ToList();
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => appends[25].InTime());
        appends.RemoveAt(25);
        Assert.All(await Task.WhenAll(appends).InTime(), result => Assert.Equal(AppendResult.Appended, result));
        Assert.Equal(CommentId.None, (await store.ReadTailAsync(VideoNumber(25), CommentId.None).InTime()).Last);
    }

    // On each connection of the pool, at its first use, its second and so on.
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task After_an_entry_that_is_refused_others_are_written(int before, bool prepares)
    {
        await using var store = await server.OpenAsync(Schema, prepares: prepares);
        var video = 0;
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < before; i++) await AppendAsync("Hello");
            await Assert.ThrowsAsync<CommentsUnavailableException>(() => AppendAsync("\0"));
        }

        await AppendAsync("Hello");

        async Task AppendAsync(string message)
        {
            var log = VideoNumber(video++);
            var append = store.AppendAsync(log, CommentId.None, [new(new(new(1), log, "Ada", message), null)]);
            Assert.Equal(AppendResult.Appended, await append.InTime());
        }
    }

    [Fact]
    public async Task Of_two_nodes_that_write_to_many_videos_at_once_one_wins_each()
    {
        const int Videos = 40;
        await using var one = await server.OpenAsync(Schema);
        await using var other = await server.OpenAsync(Schema);
        var lasts = new long[Videos];
        for (var round = 0; round < 20; round++)
        {
            // They begin at opposite ends, and gather as they like.
            var mine = Enumerable.Range(0, Videos).Select(i => AppendAsync(one, i, 1)).ToArray();
            var theirs = Enumerable.Range(0, Videos).Reverse().Select(i => AppendAsync(other, i, 2)).Reverse().ToArray();
            await Task.WhenAll([.. mine, .. theirs]).InTime();
            for (var i = 0; i < Videos; i++)
            {
                var (own, others) = (await mine[i], await theirs[i]);
                Assert.NotEqual(own, others);
                lasts[i] += own == AppendResult.Appended ? 1 : 2;
            }
        }

        for (var i = 0; i < Videos; i++)
        {
            var kept = await one.ReadCommentsAsync(VideoNumber(i), CommentId.Max, 99).InTime();
            Assert.Equal((20, lasts[i]), (kept.Count, kept[0].Id.Value));
        }

        Task<AppendResult> AppendAsync(PostgreSqlCommentStore store, int video, int more)
        {
            var log = VideoNumber(video);
            return store.AppendAsync(log, new(lasts[video]), [new(new(new(lasts[video] + more), log, "Ada", "Hello"), null)]);
        }
    }
}
