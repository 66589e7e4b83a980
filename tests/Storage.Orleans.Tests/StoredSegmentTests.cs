using LiveComments.Testing;
using Npgsql;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>
/// A log as an earlier version stored it. <c>Stored/LogSegment.json</c> is a segment of the video <c>demo</c> with two comments as Orleans 10.3.0
/// wrote it, in its JSON: it is never written anew.
/// </summary>
[Trait("Needs", "postgresql")]
public sealed class StoredSegmentTests(PostgresSiloStorage silo) : IClassFixture<PostgresSiloStorage>
{
    private static readonly LiveVideoId Demo = LiveVideoId.Parse("demo");

    [Fact]
    public async Task A_log_that_an_earlier_Orleans_wrote_is_read_and_continued()
    {
        // Its row is made by a comment, which the stored segment then replaces.
        using (var store = Open()) await store.AppendAsync(Demo, CommentId.None, [new(new(new(1), Demo, "Ada", "Replaced"), null)]).InTime();
        await ReplaceAsync(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Stored", "LogSegment.json")));
        Assert.True(IdempotencyKey.TryCreate("7f9c", out var key));
        Comment first = new(new(1_000), Demo, "Ada", "Hello"), second = new(new(1_001), Demo, "Łukasz", "Zażółć 🎬 \"gęślą\"\u2028");

        using var reader = Open();
        Assert.Equal([second, first], await reader.ReadBeforeAsync(Demo, CommentId.Max, 10).InTime());
        var tail = await reader.ReadTailAsync(Demo, CommentId.None).InTime();
        Assert.Equal(second.Id, tail.Last);
        Assert.Equal([new(key, second.Id)], tail.Keys);

        var third = new Comment(new(1_002), Demo, "Ada", "Goes on");
        Assert.Equal(AppendResult.Appended, await reader.AppendAsync(Demo, second.Id, [new(third, null)]).InTime());
        using var again = Open();
        Assert.Equal([third, second, first], await again.ReadBeforeAsync(Demo, CommentId.Max, 10).InTime());
    }

    private async Task ReplaceAsync(byte[] payload)
    {
        await using var source = NpgsqlDataSource.Create(silo.ConnectionString);
        await using var command = source.CreateCommand("UPDATE OrleansStorage SET PayloadBinary = $1");
        command.Parameters.Add(new() { Value = payload });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private OrleansCommentStore Open() => new(silo.Storage, new());
}
