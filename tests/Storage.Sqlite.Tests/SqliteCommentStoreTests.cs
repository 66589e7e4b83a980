using LiveComments.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Storage.Sqlite.Tests;

public sealed class SqliteCommentStoreTests : IDisposable
{
    private static readonly LiveVideoId Video = LiveVideoId.Parse("v");
    private static readonly LiveVideoId Other = LiveVideoId.Parse("w");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_appended_is_read_newest_first_by_pages()
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1, 2, 3)).InTime();
        await store.AppendAsync(Other, CommentId.None, Entries(9)).InTime();
        await store.AppendAsync(Video, new(3), Entries(4)).InTime();

        Assert.Equal([4, 3], Ids(await store.ReadBeforeAsync(Video, CommentId.Max, 2).InTime()));
        Assert.Equal([2, 1], Ids(await store.ReadBeforeAsync(Video, new(3), 9).InTime()));
        Assert.Empty(await store.ReadBeforeAsync(Video, new(1), 9).InTime());
        Assert.Empty(await store.ReadBeforeAsync(LiveVideoId.Parse("none"), CommentId.Max, 9).InTime());
    }

    [Fact]
    public async Task Text_comes_back_as_it_was()
    {
        using var store = Open();
        var comment = new Comment(new(7), Video, "Ünïcødé 😀", "'; DROP TABLE comments; --\n\u200F<b>");
        await store.AppendAsync(Video, CommentId.None, [new(comment, null)]).InTime();

        Assert.Equal(comment, Assert.Single(await store.ReadBeforeAsync(Video, CommentId.Max, 1).InTime()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_append_that_expects_another_end_writes_nothing(long expected)
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1, 2)).InTime();

        Assert.Equal(AppendResult.Conflict, await store.AppendAsync(Video, new(expected), Entries(4, 5)).InTime());
        Assert.Equal([2, 1], Ids(await store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task Two_processes_on_one_file_are_fenced_from_each_other()
    {
        using var one = Open();
        using var other = Open();
        var wins = new List<long>();
        for (var round = 0; round < 20; round++)
        {
            var last = new CommentId(wins.LastOrDefault());
            var (a, b) = (1_000 + round * 2, 1_001 + round * 2);
            var results = await Task.WhenAll(one.AppendAsync(Video, last, Entries(a)), other.AppendAsync(Video, last, Entries(b))).InTime();
            Assert.Equal([AppendResult.Appended, AppendResult.Conflict], results.Order());
            wins.Add(results[0] == AppendResult.Appended ? a : b);
        }

        Assert.Equal(wins, Ids(await one.ReadBeforeAsync(Video, CommentId.Max, 99).InTime()).Reverse());
    }

    [Fact]
    public async Task A_conflict_does_not_harm_the_other_videos_of_its_transaction()
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1)).InTime();
        var results = await Task.WhenAll(
            from i in Enumerable.Range(0, 200)
            select store.AppendAsync(LiveVideoId.Parse($"v{i}"), new(i % 2), Entries(5))).InTime();

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? AppendResult.Appended : AppendResult.Conflict), results);
    }

    [Fact]
    public async Task The_tail_tells_the_end_and_the_keys_that_are_young_enough()
    {
        using var store = Open();
        IdempotencyKey.TryCreate("a", out var a);
        IdempotencyKey.TryCreate("b", out var b);
        Assert.Equal(CommentId.None, (await store.ReadTailAsync(Video, CommentId.None).InTime()).Last);

        await store.AppendAsync(Video, CommentId.None, [Entry(1, a), Entry(2), Entry(3, b), Entry(4)]).InTime();

        var tail = await store.ReadTailAsync(Video, new(2)).InTime();
        Assert.Equal(new(4), tail.Last);
        Assert.Equal([KeyValuePair.Create(b, new CommentId(3))], tail.Keys);
    }

    [Fact]
    public async Task What_was_acknowledged_or_waits_when_it_closes_is_there_when_it_opens_again()
    {
        Task<AppendResult>[] appends;
        using (var store = Open())
            appends = [.. Enumerable.Range(0, 500).Select(i => store.AppendAsync(LiveVideoId.Parse($"v{i}"), CommentId.None, Entries(1)))];
        Assert.All(await Task.WhenAll(appends).InTime(), result => Assert.Equal(AppendResult.Appended, result));

        using var again = Open();
        for (var i = 0; i < 500; i++) Assert.Equal(new(1), (await again.ReadTailAsync(LiveVideoId.Parse($"v{i}"), CommentId.Max).InTime()).Last);
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = Open();
        store.Dispose();
        await Assert.ThrowsAsync<CommentStoreException>(() => store.AppendAsync(Video, CommentId.None, Entries(1)));
    }

    [Fact]
    public async Task It_is_in_WAL_mode()
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1)).InTime();
        Assert.Equal("wal", Query("PRAGMA journal_mode"));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        Open().Dispose();
        Query("PRAGMA user_version = 99");
        var refusal = Assert.Throws<CommentStoreException>(Open);
        Assert.Contains("schema version 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99L, Query("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        var text = string.Concat(Enumerable.Repeat("no database ", 1_000));
        File.WriteAllText(_folder.Database, text);

        Assert.Contains("Storage:Path", Assert.Throws<CommentStoreException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder.Database));
    }

    [Fact]
    public async Task It_refuses_while_the_database_cannot_be_written_and_recovers()
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1)).InTime();

        // Another process changes the table under it: every insert fails.
        Query("ALTER TABLE comments RENAME TO hidden");
        await Assert.ThrowsAsync<CommentStoreException>(() => store.AppendAsync(Video, new(1), Entries(2)).InTime());
        await Assert.ThrowsAsync<CommentStoreException>(() => store.ReadBeforeAsync(Video, CommentId.Max, 1).InTime());

        Query("ALTER TABLE hidden RENAME TO comments");
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(Video, new(1), Entries(2)).InTime());
        Assert.Equal([2, 1], Ids(await store.ReadBeforeAsync(Video, CommentId.Max, 9).InTime()));
    }

    private SqliteCommentStore Open() => new(new() { Path = _folder.Database }, NullLogger<SqliteCommentStore>.Instance);

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static LogEntry Entry(long id, IdempotencyKey? key = null) => new(new(new(id), Video, "Ada", $"{id}"), key);

    private static LogEntry[] Entries(params long[] ids) => [.. ids.Select(id => Entry(id))];

    private static IEnumerable<long> Ids(IReadOnlyList<Comment> comments) => comments.Select(comment => comment.Id.Value);
}
