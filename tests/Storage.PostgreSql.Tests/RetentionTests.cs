using LiveComments.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveComments.Storage.PostgreSql.Tests;

/// <summary>Comments of an age are removed with their part of the table, with time that a test moves.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RetentionTests(PostgresServer server)
{
    private const int Days = 30;

    private readonly string _schema = Stores.NewSchema();
    private readonly ManualTime _time = new();
    private readonly LiveVideoId _video = LiveVideoId.Parse("video");

    [Fact]
    public async Task A_comment_goes_with_its_part_of_the_table_and_the_log_goes_on_where_it_was()
    {
        await using var store = await server.OpenAsync(_schema, Days, _time);
        var onlyOld = LiveVideoId.Parse("only-old");
        var posted = _time.GetUtcNow();
        var old = NewIds(3);
        await AppendAsync(store, _video, CommentId.None, old);
        await AppendAsync(store, onlyOld, CommentId.None, old);
        await AppendAsync(store, LiveVideoId.HeldOf(_video), CommentId.None, old);
        await store.EraseAsync(_video, [old[0]], old[2]).InTime();
        _time.Advance(TimeSpan.FromDays(20));
        var young = NewIds(2);
        await AppendAsync(store, _video, old[^1], young);

        await UntilAsync(async () => (await store.ReadCommentsAsync(onlyOld, CommentId.Max, 1)).Count == 0);

        Assert.True(_time.GetUtcNow() - posted >= TimeSpan.FromDays(Days), "They went too soon.");
        await HasAsync(store, _video, young, expired: true);
        await HasAsync(store, onlyOld, [], expired: true);
        Assert.Equal(default, await store.FindAsync(_video, old[0]).InTime());
        Assert.Equal(old[^1], (await store.ReadTailAsync(onlyOld, CommentId.None).InTime()).Last);
        // A log of its own kind has no age.
        Assert.Equal(3, (await store.ReadCommentsAsync(LiveVideoId.HeldOf(_video), CommentId.Max, 9).InTime()).Count);
        var next = NewIds(1);
        Assert.Equal(AppendResult.Conflict, await store.AppendAsync(onlyOld, CommentId.None, Entries(onlyOld, next)).InTime());
        await AppendAsync(store, onlyOld, old[^1], next);
        await HasAsync(store, onlyOld, next, expired: true);
        Assert.Equal(0L, await server.AskAsync($"SELECT count(*) FROM {_schema}.entries_other"));
    }

    [Fact]
    public async Task Several_nodes_remove_the_old_comments_of_many_videos_together()
    {
        const int Videos = 1_234;
        var lines = new Lines();
        var stores = new List<PostgreSqlCommentStore>();
        for (var i = 0; i < 3; i++) stores.Add(await server.OpenAsync(_schema, Days, _time, lines));
        var old = NewIds(2);
        await Task.WhenAll(Enumerable.Range(0, Videos).Select(i => AppendAsync(stores[i % 3], VideoNumber(i), CommentId.None, old)));

        await UntilAsync(async () => (await stores[0].ReadCommentsAsync(VideoNumber(Videos - 1), CommentId.Max, 1)).Count == 0);

        for (var i = 0; i < Videos; i += 10) await HasAsync(stores[i % 3], VideoNumber(i), [], expired: true);
        foreach (var store in stores) await store.DisposeAsync();
        // Who is slower may find a part in use, but misses none.
        Assert.Equal(0, lines.Count(LogLevel.Warning, "does not exist"));

        static LiveVideoId VideoNumber(int number) => LiveVideoId.Parse($"v{number}");
    }

    [Fact]
    public async Task While_somebody_reads_the_table_a_node_starts_and_its_comments_come_into_their_part_later()
    {
        await (await server.OpenAsync(_schema, Days, _time)).DisposeAsync();
        _time.Advance(TimeSpan.FromDays(100));
        var lines = new Lines();
        await using var source = NpgsqlDataSource.Create(server.AdministratorConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        var reading = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"SELECT count(*) FROM {_schema}.entries", connection)) await command.ExecuteScalarAsync();

        await using var store = await server.OpenAsync(_schema, Days, _time, lines);
        var ids = NewIds(1);
        await AppendAsync(store, _video, CommentId.None, ids);
        Assert.NotEqual(0, lines.Count(LogLevel.Warning));

        await reading.RollbackAsync();
        await UntilAsync(async () => (long)(await server.AskAsync($"SELECT count(*) FROM {_schema}.entries_other"))! == 0);
        await HasAsync(store, _video, ids, expired: false);
    }

    [Fact]
    public async Task A_node_that_was_away_for_long_finds_its_comments_and_goes_on()
    {
        List<CommentId> first = NewIds(1), second;
        await using (var store = await server.OpenAsync(_schema, 0, _time)) await AppendAsync(store, _video, CommentId.None, first);
        _time.Advance(TimeSpan.FromDays(400));
        await using (var store = await server.OpenAsync(_schema, 0, _time))
            await AppendAsync(store, _video, first[^1], second = NewIds(1));

        await using var kept = await server.OpenAsync(_schema, 0, _time);
        await HasAsync(kept, _video, [.. first, .. second], expired: false);
        Assert.Equal(0L, await server.AskAsync($"SELECT count(*) FROM {_schema}.entries_other"));
    }

    [Fact]
    public async Task What_a_fast_clock_has_written_comes_into_its_part_when_that_is_made()
    {
        await using (var store = await server.OpenAsync(_schema, Days, _time))
        {
            var early = new CommentId(CommentId.At(_time.GetUtcNow() + TimeSpan.FromDays(8)).Value);
            await AppendAsync(store, _video, CommentId.None, [early]);
            Assert.Equal(1L, await server.AskAsync($"SELECT count(*) FROM {_schema}.entries_other"));
        }

        _time.Advance(TimeSpan.FromDays(6));
        await using var later = await server.OpenAsync(_schema, Days, _time);
        Assert.Equal(0L, await server.AskAsync($"SELECT count(*) FROM {_schema}.entries_other"));
        Assert.Single(await later.ReadCommentsAsync(_video, CommentId.Max, 9).InTime());
    }

    private List<CommentId> NewIds(int count)
    {
        var first = CommentId.At(_time.GetUtcNow());
        return [.. Enumerable.Range(0, count).Select(i => new CommentId(first.Value + i))];
    }

    private static List<LogEntry> Entries(LiveVideoId video, List<CommentId> ids) =>
        [.. ids.Select(id => new LogEntry(new(id, video, "Ada", $"{id}"), null))];

    private static async Task AppendAsync(PostgreSqlCommentStore store, LiveVideoId video, CommentId last, List<CommentId> ids) =>
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(video, last, Entries(video, ids)).InTime());

    private static async Task HasAsync(PostgreSqlCommentStore store, LiveVideoId video, List<CommentId> ids, bool expired)
    {
        var page = await store.ReadPageAsync(video, CommentId.Max, 10).InTime();
        Assert.Equal(ids.AsEnumerable().Reverse(), page.Comments.Select(comment => comment.Id));
        Assert.Equal((null, expired), (page.NextCursor, page.Expired));
    }

    /// <summary>Lets time pass until it is so.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromHours(1));
        }
    }
}
