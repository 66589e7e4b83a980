using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Storage.Sqlite.Tests;

/// <summary>Files as a crash or a bad disk leaves them.</summary>
public sealed class TornLogTests : IDisposable
{
    private const int Commits = 40;

    private static readonly LiveVideoId Video = LiveVideoId.Parse("v");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// As after <c>kill -9</c> or loss of power in the middle of a commit: what was not synced may be there in part, or be rubbish.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_torn_write_ahead_log_opens_clean_with_the_commits_before_the_tear(int seed)
    {
        var random = new Random(seed);
        using var store = Open(_folder.Database);
        for (var id = 1; id <= Commits; id++) await AppendAsync(store, id).InTime();
        var (database, log) = (Read(_folder.Database), Read($"{_folder.Database}-wal"));

        for (var round = 0; round < 20; round++)
        {
            var torn = Path.Combine(Path.GetDirectoryName(_folder.Database)!, $"torn{round}.db");
            var length = random.Next(log.Length);
            var rubbish = new byte[random.Next(10_000)];
            random.NextBytes(rubbish);
            await File.WriteAllBytesAsync(torn, database);
            await File.WriteAllBytesAsync($"{torn}-wal", [.. log[..length], .. rubbish]);

            using var opened = Open(torn);
            var ids = (await opened.ReadCommentsAsync(Video, CommentId.Max, 2 * Commits).InTime()).Select(comment => (int)comment.Id.Value).ToList();
            Assert.Equal(Enumerable.Range(1, ids.Count).Reverse(), ids);
            Assert.Equal(AppendResult.Appended, await AppendAsync(opened, ids.Count + 1).InTime());
        }
    }

    [Fact]
    public async Task A_database_with_rubbish_in_it_fails_as_a_store_does_and_recovers_with_its_file()
    {
        using (var store = Open(_folder.Database))
            for (var id = 1; id <= Commits; id++) await AppendAsync(store, id).InTime();
        var sound = await File.ReadAllBytesAsync(_folder.Database);
        var broken = sound.ToArray();
        // All pages after the first, which holds the schema.
        Array.Fill<byte>(broken, 0xFF, 4096, broken.Length - 4096);

        await File.WriteAllBytesAsync(_folder.Database, broken);
        using (var store = Open(_folder.Database))
        {
            await Assert.ThrowsAsync<CommentsUnavailableException>(() => store.ReadCommentsAsync(Video, CommentId.Max, 9).InTime());
            await Assert.ThrowsAsync<CommentsUnavailableException>(() => AppendAsync(store, Commits + 1).InTime());
        }

        await File.WriteAllBytesAsync(_folder.Database, sound);
        using var again = Open(_folder.Database);
        Assert.Equal(AppendResult.Appended, await AppendAsync(again, Commits + 1).InTime());
    }

    private static SqliteCommentStore Open(string path) => new(new() { Path = path }, NullLogger<SqliteCommentStore>.Instance);

    private static Task<AppendResult> AppendAsync(SqliteCommentStore store, int id) =>
        store.AppendAsync(Video, new(id - 1), [new(new(new(id), Video, "Ada", new string('x', 500)), null)]);

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
