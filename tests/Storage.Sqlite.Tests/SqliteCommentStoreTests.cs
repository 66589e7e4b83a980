using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Storage.Sqlite.Tests;

public sealed class SqliteCommentStoreTests : CommentStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override Task<ICommentStore> OpenAsync() => Task.FromResult<ICommentStore>(Open());

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
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.AppendAsync(Video, CommentId.None, Entries(1)));
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
        var refusal = Assert.Throws<CommentsUnavailableException>(Open);
        Assert.Contains("schema version 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99L, Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_database_of_the_first_version_is_read_and_continued()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        // As the first version made it.
        Query(
            """
            CREATE TABLE comments (
                video TEXT NOT NULL, id INTEGER NOT NULL, author TEXT NOT NULL, message TEXT NOT NULL, key BLOB, PRIMARY KEY (video, id)
            ) WITHOUT ROWID
            """);
        Query($"INSERT INTO comments VALUES ('{Video}', 1, 'Ada', 'Hello', NULL)");
        Query("PRAGMA user_version = 1");

        using var store = Open();
        var old = new Comment(new(1), Video, "Ada", "Hello");
        var added = new Comment(new(2), Video, "Grace", "Hello") { Identity = new(new(7), AuthorRole.Owner, true), ReplyTo = old.Id };
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(Video, old.Id, [new(added, null)]).InTime());
        Assert.Equal([added, old], await store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime());
        Assert.Equal(5L, Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task In_a_database_of_an_earlier_version_the_videos_of_somebody_are_found()
    {
        using (var store = Open())
            await store.AppendAsync(Video, CommentId.None, [new(new(new(1), Video, "Ada", "Hello") { Identity = new(new(7), default, true) }, null)]).InTime();
        Query("DROP TABLE removals");
        Query("DROP TABLE erased");
        Query("ALTER TABLE comments DROP COLUMN reply_to");
        Query("PRAGMA user_version = 3");

        using var again = Open();
        Assert.Equal([Video], await again.FindVideosAsync(new(7)).ToListAsync());
        Assert.Empty(await again.FindVideosAsync(new(8)).ToListAsync());
    }

    [Fact]
    public async Task A_video_is_found_once_in_a_log_that_is_read_in_many_stretches()
    {
        using var store = Open();
        var (before, after) = (LiveVideoId.Parse("a"), LiveVideoId.Parse("z"));
        foreach (var video in (LiveVideoId[])[before, Video, after])
        {
            for (var i = 0; i < 25_000; i += 5_000)
            {
                var entries = Enumerable.Range(i + 1, 5_000).Select(id => new LogEntry(
                    new(new(id), video, "Ada", "Hello") { Identity = new(new(id is 1 or 12_345 ? 7 : id == 25_000 ? 8 : 9), default, true) }, null));
                await store.AppendAsync(video, new(i), [.. entries]).InTime();
            }
        }

        foreach (var author in (long[])[7, 8, 9])
            Assert.Equal([before, Video, after], await store.FindVideosAsync(new(author)).ToListAsync());
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        var text = string.Concat(Enumerable.Repeat("no database ", 1_000));
        File.WriteAllText(_folder.Database, text);

        Assert.Contains("Storage:Path", Assert.Throws<CommentsUnavailableException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder.Database));
    }

    [Fact]
    public async Task It_refuses_while_the_database_cannot_be_written_and_recovers()
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1)).InTime();

        // Another process changes the table under it: every insert fails.
        Query("ALTER TABLE comments RENAME TO hidden");
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.AppendAsync(Video, new(1), Entries(2)).InTime());
        await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.ReadCommentsAsync(Video, CommentId.Max, 1).InTime());

        Query("ALTER TABLE hidden RENAME TO comments");
        Assert.Equal(AppendResult.Appended, await store.AppendAsync(Video, new(1), Entries(2)).InTime());
        Assert.Equal([2, 1], Ids(await store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime()));
    }

    [Fact]
    public async Task The_write_ahead_log_is_bounded_though_readers_never_pause()
    {
        using var store = Open();
        await store.AppendAsync(Video, CommentId.None, Entries(1)).InTime();
        using var done = new CancellationTokenSource();
        // Each holds what it reads for a while, and at any moment one of them does.
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
            connection.Open();
            while (!done.IsCancellationRequested)
            {
                using var transaction = connection.BeginTransaction(deferred: true);
                using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = "SELECT max(id) FROM comments";
                command.ExecuteScalar();
                done.Token.WaitHandle.WaitOne(20);
            }
        })).ToArray();

        var largest = 0L;
        for (var i = 0; i < 160; i++)
        {
            var video = LiveVideoId.Parse($"v{i}");
            var entries = Enumerable.Range(1, 300).Select(id => new LogEntry(new(new(id), video, "Ada", new string('x', 2_000)), null)).ToList();
            await store.AppendAsync(video, CommentId.None, entries).InTime();
            largest = Math.Max(largest, new FileInfo($"{_folder.Database}-wal").Length);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers).InTime();
        Assert.InRange(largest, 8 << 20, 48 << 20);
    }

    [Fact]
    public async Task A_text_that_was_erased_while_somebody_read_leaves_the_files_once_the_reader_has_ended()
    {
        using (var store = Open())
        {
            var canary = new LogEntry(new Comment(new(1), Video, "Ada", "a canary"), null);
            await store.AppendAsync(Video, CommentId.None, [canary]).InTime();
            using (var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
            {
                connection.Open();
                using var reading = connection.BeginTransaction(deferred: true);
                using var command = connection.CreateCommand();
                command.Transaction = reading;
                command.CommandText = "SELECT max(id) FROM comments";
                command.ExecuteScalar();
                await store.EraseAsync(Video, [new(1)], new(2)).InTime();
                Assert.True(await HasCanaryAsync($"{_folder.Database}-wal"));
            }

            // Nobody writes any more.
            await Patience.UntilAsync(async () => !await HasCanaryAsync($"{_folder.Database}-wal"));
        }

        Assert.False(await HasCanaryAsync(_folder.Database));

        static async Task<bool> HasCanaryAsync(string file)
        {
            // It may become shorter meanwhile.
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), Encoding.Latin1);
            return (await reader.ReadToEndAsync()).Contains("a canary", StringComparison.Ordinal);
        }
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
}
