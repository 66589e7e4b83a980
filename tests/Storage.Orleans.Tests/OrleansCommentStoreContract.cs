using Orleans.Storage;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>
/// The contract of a comment store over one kind of grain storage. Segments are as small as they may be: a log of the suite has many.
/// </summary>
public abstract class OrleansCommentStoreContract(IGrainStorage storage) : CommentStoreContract
{
    // More than a segment: the log ends with a full one.
    private const int FillsSegment = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(FillsSegment)]
    public async Task Of_two_owners_that_create_the_same_segment_at_once_one_appends(int before)
    {
        for (var round = 0; round < 10; round++)
        {
            var video = VideoNumber(round);
            using var one = Open();
            using var other = Open();
            if (before > 0) await one.AppendAsync(video, CommentId.None, Entries(video, 1, before)).InTime();
            var last = new CommentId(before);
            await Task.WhenAll(one.ReadTailAsync(video, last), other.ReadTailAsync(video, last)).InTime();

            var results = await Task.WhenAll(
                one.AppendAsync(video, last, Entries(video, 1_000, 1)), other.AppendAsync(video, last, Entries(video, 1_001, 1))).InTime();

            Assert.Equal([AppendResult.Appended, AppendResult.Conflict], results.Order());
            using var reader = Open();
            var stored = await reader.ReadCommentsAsync(video, CommentId.Max, FillsSegment + 2).InTime();
            Assert.Equal(before + 1, stored.Count);
            Assert.Equal(results[0] == AppendResult.Appended ? 1_000 : 1_001, stored[0].Id.Value);
        }
    }

    /// <inheritdoc/>
    protected override Task<ICommentStore> OpenAsync() => Task.FromResult<ICommentStore>(Open());

    private OrleansCommentStore Open() => new(storage, new() { SegmentBytes = 1_024 });

    private static LogEntry[] Entries(LiveVideoId video, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(id => new LogEntry(new(new(id), video, "Ada", $"{id}"), null))];
}

public sealed class MemoryStorageTests(
    MemorySiloStorage silo) : OrleansCommentStoreContract(silo.Storage), IClassFixture<MemorySiloStorage>;

[Trait("Needs", "postgresql")]
public sealed class PostgresStorageTests(
    PostgresSiloStorage silo) : OrleansCommentStoreContract(silo.Storage), IClassFixture<PostgresSiloStorage>;

[Collection(AzureTable.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableStorageTests(AzureTableSiloStorage silo) : OrleansCommentStoreContract(silo.Storage);

[Collection(AzureBlob.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobStorageTests(AzureBlobSiloStorage silo) : OrleansCommentStoreContract(silo.Storage);
