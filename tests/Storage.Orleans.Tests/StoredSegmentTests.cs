using System.Text;
using Npgsql;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>
/// A log as an earlier version stored it. <c>Stored/LogSegment.json</c> is a segment of the video <c>demo</c> with two comments as Orleans
/// 10.3.0 wrote it, in its JSON: it is never written anew. Nor is <c>Stored/FullSegment.json</c>, a full one with identities from before
/// there were removals.
/// </summary>
[Trait("Needs", "postgresql")]
public sealed class StoredSegmentTests(PostgresSiloStorage silo) : IClassFixture<PostgresSiloStorage>, IAsyncLifetime
{
    private const int SmallSegment = 1_024;

    private static readonly LiveVideoId Demo = LiveVideoId.Parse("demo");

    [Fact]
    public async Task A_log_that_an_earlier_Orleans_wrote_is_read_and_continued()
    {
        // Its row is made by a comment, which the stored segment then replaces.
        using (var store = Open()) await store.AppendAsync(Demo, CommentId.None, [new(new(new(1), Demo, "Ada", "Replaced"), null)]).InTime();
        await ReplaceAsync(await StoredAsync("LogSegment.json"));
        // Earlier versions kept no list of videos.
        await RunAsync("DELETE FROM OrleansStorage WHERE GrainIdExtensionString <> 'demo.0'");
        Assert.True(IdempotencyKey.TryCreate("7f9c", out var key));
        Comment first = new(new(1_000), Demo, "Ada", "Hello"), second = new(new(1_001), Demo, "Łukasz", "Zażółć 🎬 \"gęślą\"\u2028");

        using var reader = Open();
        Assert.Equal([second, first], await reader.ReadCommentsAsync(Demo, CommentId.Max, 10).InTime());
        var tail = await reader.ReadTailAsync(Demo, CommentId.None).InTime();
        Assert.Equal(second.Id, tail.Last);
        Assert.Equal([new(key, second.Id)], tail.Keys);

        Assert.Empty(await reader.FindVideosAsync(new(1)).ToListAsync());
        var third = new Comment(new(1_002), Demo, "Ada", "Goes on");
        Assert.Equal(AppendResult.Appended, await reader.AppendAsync(Demo, second.Id, [new(third, null)]).InTime());
        using var again = Open();
        Assert.Equal([third, second, first], await again.ReadCommentsAsync(Demo, CommentId.Max, 10).InTime());
        Assert.Equal([Demo], await again.FindVideosAsync(new(1)).ToListAsync());
    }

    [Fact]
    public async Task A_log_from_before_there_were_removals_is_written_alike_and_may_have_some_now()
    {
        Assert.True(IdempotencyKey.TryCreate("7f9c", out var key));
        LogEntry[] entries =
        [
            new(new(new(1_000), Demo, "Ada", "Hello") { Identity = new(new(-7), AuthorRole.Moderator, Verified: true) }, null),
            new(new(new(1_001), Demo, "Łukasz", "Zażółć 🎬 \"gęślą\"\u2028"), key),
            new(new(new(1_002), Demo, "Bo", new('x', 1_000)) { Identity = AuthorIdentity.OfAddress(new(9)) }, null),
        ];
        using (var store = Open(SmallSegment)) await store.AppendAsync(Demo, CommentId.None, entries).InTime();
        var stored = await StoredAsync("FullSegment.json");
        // But that it says that its video is listed.
        byte[] listed = [.. stored[..^1], .. Encoding.UTF8.GetBytes(",\"Listed\":true}")];
        Assert.Equal(listed, await ReadAsync("demo.0"));
        await ReplaceAsync(stored);

        using var reader = Open(SmallSegment);
        Assert.Equal(entries.Select(entry => entry.Comment).Reverse(), await reader.ReadCommentsAsync(Demo, CommentId.Max, 10).InTime());
        using var eraser = Open(SmallSegment);
        await eraser.EraseAsync(Demo, [new(1_001), new(1_002)], new(1_003)).InTime();
        var removal = new LogEntry(new Removal(new(1_003), new(Ids: [new(1_001), new(1_002)])));
        Assert.Equal(AppendResult.Appended, await eraser.AppendAsync(Demo, new(1_002), [removal]).InTime());
        Assert.Equal(entries[0].Comment, Assert.Single(await reader.ReadCommentsAsync(Demo, CommentId.Max, 10).InTime()));
        var tail = await reader.ReadTailAsync(Demo, CommentId.None).InTime();
        Assert.Equal((new CommentId(1_003), new CommentId(1_003)), (tail.Last, tail.LastRemoval));
        Assert.Equal([new(key, new(1_001))], tail.Keys);
        Assert.Empty((await reader.FindByAuthorAsync(Demo, new(9), CommentId.None, CommentId.Max).InTime()).Ids);
        // The text is nowhere.
        Assert.DoesNotContain("xxx", Encoding.UTF8.GetString(await ReadAsync("demo.0")), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public async Task InitializeAsync() => await RunAsync("DELETE FROM OrleansStorage");

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    private async Task ReplaceAsync(byte[] payload) =>
        Assert.Equal(1, await RunAsync("UPDATE OrleansStorage SET PayloadBinary = $1 WHERE GrainIdExtensionString = 'demo.0'", payload));

    private async Task<int> RunAsync(string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(silo.ConnectionString);
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    private async Task<byte[]> ReadAsync(string segment)
    {
        await using var source = NpgsqlDataSource.Create(silo.ConnectionString);
        await using var command = source.CreateCommand("SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdExtensionString = $1");
        command.Parameters.Add(new() { Value = segment });
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    private static Task<byte[]> StoredAsync(string name) => File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Stored", name));

    private OrleansCommentStore Open(int? segmentBytes = null)
    {
        var options = new OrleansStorageOptions();
        return new(silo.Storage, segmentBytes is { } bytes ? options with { SegmentBytes = bytes } : options);
    }
}
