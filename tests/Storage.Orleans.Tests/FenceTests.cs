using Orleans.Storage;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>Two owners of one video, for as long as the test runs: every comment that either took is in the log once.</summary>
/// <param name="storage">Where the log is.</param>
/// <param name="pause">How long each owner waits before it writes.</param>
public abstract class FenceTests(IGrainStorage storage, TimeSpan pause = default)
{
    private const int Owners = 2;
    private const int AppendsEach = 150;

    [Fact]
    public async Task Owners_that_race_for_every_append_lose_and_double_nothing()
    {
        var video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");
        var acknowledged = (await Task.WhenAll(Enumerable.Range(0, Owners).Select(owner => AppendAsync(video, owner))).InTime())
            .SelectMany(comments => comments).ToList();

        using var store = Open();
        var log = await store.ReadCommentsAsync(video, CommentId.Max, int.MaxValue).InTime();
        Assert.Equal(Owners * AppendsEach, log.Count);
        Assert.Equal(log, log.OrderByDescending(comment => comment.Id.Value));
        Assert.Equal(log.OrderBy(comment => comment.Id.Value), acknowledged.OrderBy(comment => comment.Id.Value));
        Assert.Distinct(log.Select(comment => comment.Message));
    }

    private async Task<List<Comment>> AppendAsync(LiveVideoId video, int owner)
    {
        using var store = Open();
        var (acknowledged, last) = (new List<Comment>(), CommentId.None);
        while (acknowledged.Count < AppendsEach)
        {
            // Both take the same ids on purpose; what they say tells them apart.
            var comment = new Comment(new(last.Value + 1), video, "Ada", $"{owner}: {acknowledged.Count}");
            if (pause > TimeSpan.Zero) await Task.Delay(pause);
            if (await store.AppendAsync(video, last, [new(comment, null)]) == AppendResult.Appended)
            {
                acknowledged.Add(comment);
                last = comment.Id;
            }
            else
            {
                last = (await store.ReadTailAsync(video, CommentId.Max)).Last;
            }
        }

        return acknowledged;
    }

    private OrleansCommentStore Open() => new(storage, new() { SegmentBytes = 1_024 });
}

[Trait("Needs", "postgresql")]
public sealed class PostgresFenceTests(PostgresSiloStorage silo) : FenceTests(silo.Storage), IClassFixture<PostgresSiloStorage>;

// The ETag of an entity in azurite's tables is the time of its write in whole milliseconds (Azurite's issue 1286). After two writes within
// one millisecond it takes the ETag of the first for that of the second, and lets a stale write pass. Azure's own ETags are finer. With a
// pause before each write no two that follow on one another are in the same millisecond.
[Collection(AzureTable.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableFenceTests(AzureTableSiloStorage silo) : FenceTests(silo.Storage, TimeSpan.FromMilliseconds(2));

[Collection(AzureBlob.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobFenceTests(AzureBlobSiloStorage silo) : FenceTests(silo.Storage);
