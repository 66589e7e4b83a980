using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Storage.Sqlite.Tests;

/// <summary>Comments of an age are removed, with time that a test moves.</summary>
public sealed class RetentionTests : IDisposable
{
    private const int Days = 30;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly LiveVideoId _video = LiveVideoId.Parse("video");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Old_comments_go_from_the_old_end_of_each_log_and_pages_say_so()
    {
        var (onlyOld, onlyYoung) = (LiveVideoId.Parse("only-old"), LiveVideoId.Parse("Only-young"));
        // More than one transaction takes.
        var old = Ids(daysAgo: 100, count: 1_234);
        var young = Ids(daysAgo: 1, count: 3);
        using (var store = Open(0))
        {
            await AppendAsync(store, _video, [.. old, .. young]);
            await AppendAsync(store, onlyOld, old);
            await AppendAsync(store, onlyYoung, young);
        }

        using var kept = Open(Days);
        await UntilAsync(async () => (await kept.ReadCommentsAsync(onlyOld, CommentId.Max, 1)).Count == 0
            && (await kept.ReadCommentsAsync(_video, CommentId.Max, 10)).Count == young.Count);

        await HasAsync(kept, _video, young, expired: true);
        await HasAsync(kept, onlyOld, [], expired: true);
        await HasAsync(kept, onlyYoung, young, expired: false);
        // A page that does not reach that end says nothing of it.
        var page = await kept.ReadPageAsync(_video, CommentId.Max, 2).InTime();
        Assert.Equal(((CommentId?)young[1], false), (page.NextCursor, page.Expired));
    }

    [Fact]
    public async Task A_log_ends_where_it_did_when_all_of_its_comments_are_gone()
    {
        var old = Ids(daysAgo: 100, count: 3);
        using (var store = Open(0)) await AppendAsync(store, _video, old);
        using var kept = Open(Days);
        await UntilAsync(async () => (await kept.ReadCommentsAsync(_video, CommentId.Max, 1)).Count == 0);

        Assert.Equal(old[^1], (await kept.ReadTailAsync(_video, CommentId.None).InTime()).Last);
        var next = Ids(daysAgo: 0, count: 1);
        Assert.Equal(AppendResult.Conflict, await kept.AppendAsync(_video, CommentId.None, Entries(_video, next)).InTime());
        Assert.Equal(AppendResult.Appended, await kept.AppendAsync(_video, old[^1], Entries(_video, next)).InTime());
        await HasAsync(kept, _video, next, expired: true);
    }

    [Fact]
    public async Task A_comment_goes_while_the_store_is_open_once_it_is_old_enough()
    {
        using var store = Open(Days);
        var posted = _time.GetUtcNow();
        await AppendAsync(store, _video, Ids(daysAgo: 0, count: 1));

        await UntilAsync(async () => (await store.ReadCommentsAsync(_video, CommentId.Max, 1)).Count == 0, TimeSpan.FromHours(1));

        Assert.True(_time.GetUtcNow() - posted >= TimeSpan.FromDays(Days), "It went too soon.");
    }

    [Fact]
    public async Task A_database_of_the_version_before_keeps_its_comments_and_takes_more()
    {
        var ids = Ids(daysAgo: 1, count: 2);
        using (var store = Open(0)) await AppendAsync(store, _video, ids[..1]);
        Query("DROP TABLE removals; DROP TABLE erased; DROP TABLE expired; ALTER TABLE comments DROP COLUMN author_id; ALTER TABLE comments DROP COLUMN marks; ALTER TABLE comments DROP COLUMN reply_to; PRAGMA user_version = 1");

        using var upgraded = Open(Days);

        Assert.Equal(AppendResult.Appended, await upgraded.AppendAsync(_video, ids[0], Entries(_video, ids[1..])).InTime());
        await HasAsync(upgraded, _video, ids, expired: false);
    }

    private SqliteCommentStore Open(int days) =>
        new(new() { Path = _folder.Database, RetentionDays = days }, NullLogger<SqliteCommentStore>.Instance, _time);

    private List<CommentId> Ids(int daysAgo, int count)
    {
        var first = CommentId.At(_time.GetUtcNow() - TimeSpan.FromDays(daysAgo));
        return [.. Enumerable.Range(0, count).Select(i => new CommentId(first.Value + i))];
    }

    private static List<LogEntry> Entries(LiveVideoId video, List<CommentId> ids) =>
        [.. ids.Select(id => new LogEntry(new(id, video, "Ada", $"{id}"), null))];

    private static async Task AppendAsync(SqliteCommentStore store, LiveVideoId video, List<CommentId> ids) =>
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(video, CommentId.None, Entries(video, ids)).InTime());

    private static async Task HasAsync(SqliteCommentStore store, LiveVideoId video, List<CommentId> ids, bool expired)
    {
        var page = await store.ReadPageAsync(video, CommentId.Max, 10).InTime();
        Assert.Equal(ids.AsEnumerable().Reverse(), page.Comments.Select(comment => comment.Id));
        Assert.Equal((null, expired), (page.NextCursor, page.Expired));
    }

    /// <summary>Lets time pass until it is so.</summary>
    private async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            _time.Advance(step ?? TimeSpan.FromSeconds(1));
        }
    }

    private void Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
