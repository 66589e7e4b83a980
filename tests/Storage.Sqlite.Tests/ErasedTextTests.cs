using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Storage.Sqlite.Tests;

/// <summary>What the files hold of comments that were erased.</summary>
public sealed partial class ErasedTextTests : IDisposable
{
    private const int Rounds = 60;
    private const int OwnersChangeAfter = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Logs that grow between each other, and lose comments, make SQLite spread their rows over pages anew all the time. It leaves copies of
    /// them where they were.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(19)]
    public async Task No_page_keeps_a_copy_of_it_whatever_other_rows_are_written(int seed)
    {
        var random = new Random(seed);
        // As two nodes on one file, which own the videos in turn.
        using var one = Open();
        using var other = Open();
        Log[] logs = [.. Enumerable.Range(0, 3).Select(i => new Log(LiveVideoId.Parse($"v{i}")))];
        var erased = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var owners = logs.Select((log, i) => (log, store: (i + (round / OwnersChangeAfter)) % 2 == 0 ? one : other)).ToList();
            foreach (var (log, store) in owners) await log.AppendAsync(store, random);
            var (shrinking, its) = owners[random.Next(owners.Count)];
            erased.UnionWith(await shrinking.EraseAsync(its, random));
            // What follows is written by who had the same pages in memory.
            await owners[random.Next(owners.Count)].log.AppendAsync(its, random);
            Assert.Empty((await ReadFilesAsync()).Intersect(erased));
        }
    }

    private async Task<HashSet<string>> ReadFilesAsync()
    {
        var texts = new HashSet<string>();
        foreach (var file in (string[])[$"{_folder.Database}-wal", _folder.Database])
            foreach (Match text in Text().Matches(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)))) texts.Add(text.Value);
        return texts;
    }

    private SqliteCommentStore Open() => new(new() { Path = _folder.Database }, NullLogger<SqliteCommentStore>.Instance);

    [GeneratedRegex("canary-[0-9a-f]{16}")]
    private static partial Regex Text();

    private sealed class Log(LiveVideoId video)
    {
        private readonly List<(CommentId Id, string Text)> _left = [];
        private long _last;

        public async Task AppendAsync(SqliteCommentStore store, Random random)
        {
            var before = new CommentId(_last);
            var entries = new List<LogEntry>();
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                var text = $"canary-{random.NextInt64():x16}";
                _left.Add((new(++_last), text));
                entries.Add(new(new(new(_last), video, "Ada", text + new string('.', random.Next(2) * random.Next(300))), null));
            }

            Assert.Equal(AppendResult.Appended, await store.AppendAsync(video, before, entries).InTime());
        }

        /// <summary>Erases some and gives their texts.</summary>
        public async Task<List<string>> EraseAsync(SqliteCommentStore store, Random random)
        {
            var chosen = _left.Where(_ => random.Next(3) == 0).ToList();
            _left.RemoveAll(chosen.Contains);
            await store.EraseAsync(video, [.. chosen.Select(comment => comment.Id)], new(_last)).InTime();
            return [.. chosen.Select(comment => comment.Text)];
        }
    }
}
