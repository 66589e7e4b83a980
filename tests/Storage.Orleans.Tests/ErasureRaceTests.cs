using Orleans.Storage;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>One erases while another appends all the time and a third reads, on every kind of storage.</summary>
/// <param name="storage">Where the log is.</param>
/// <param name="pause">How long each waits before a write.</param>
public abstract class ErasureRaceTests(IGrainStorage storage, TimeSpan pause = default)
{
    private const int Erasures = 40;

    // Who only writes is mostly faster than who must read before: without a bound an erasure might find no gap.
    private const int AppendsAnErasure = 10;

    private readonly LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    [Fact]
    public async Task What_is_erased_while_others_append_stays_erased_and_nothing_else_is_lost()
    {
        using var appender = Open();
        using var eraser = Open();
        using var reader = Open();
        // A full segment and a bit.
        var first = await appender.AppendAsync(_video, CommentId.None, [.. Enumerable.Range(1, 60).Select(id => Entry(id))]).InTime();
        Assert.Equal(AppendResult.Appended, first);
        long last = 60;
        var erased = new List<CommentId>();
        for (var i = 0; i < Erasures; i++)
        {
            // The newest one, and one that is in a full segment.
            CommentId[] comments = [new(i + 1), new(last)];
            var appending = Task.Run(AppendAsync);
            await eraser.EraseAsync(_video, comments, new(1_000_000)).InTime();
            erased.AddRange(comments);
            foreach (var store in (OrleansCommentStore[])[reader, appender])
            {
                var read = await store.ReadCommentsAsync(_video, CommentId.Max, int.MaxValue).InTime();
                Assert.Empty(read.Select(comment => comment.Id).Intersect(erased));
                foreach (var comment in comments)
                    Assert.Equal(new(RemovedBy: new(1_000_000)), await store.FindAsync(_video, comment).InTime());
            }

            await appending.InTime();
        }

        using var after = Open();
        Assert.Equal(
            Enumerable.Range(1, (int)last).Select(id => new CommentId(id)).Except(erased),
            (await after.ReadCommentsAsync(_video, CommentId.Max, int.MaxValue).InTime()).Reverse().Select(comment => comment.Id));

        async Task AppendAsync()
        {
            for (var i = 0; i < AppendsAnErasure; i++)
            {
                // Nobody else appends, so the log always ends there.
                Assert.Equal(AppendResult.Appended, await appender.AppendAsync(_video, new(last), [Entry(last + 1)]).InTime());
                last++;
            }
        }
    }

    private LogEntry Entry(long id) => new(new(new(id), _video, "Ada", "message"), null);

    private OrleansCommentStore Open() => new(
        new WatchedGrainStorage(storage) { BeforeWrite = () => pause > TimeSpan.Zero ? Task.Delay(pause) : Task.CompletedTask },
        new() { SegmentBytes = 1_024 });
}

public sealed class MemoryErasureRaceTests(MemorySiloStorage silo) : ErasureRaceTests(silo.Storage), IClassFixture<MemorySiloStorage>;

[Trait("Needs", "postgresql")]
public sealed class PostgresErasureRaceTests(
    PostgresSiloStorage silo) : ErasureRaceTests(silo.Storage), IClassFixture<PostgresSiloStorage>;

// AzureTableFenceTests says what the pause is for.
[Collection(AzureTable.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableErasureRaceTests(
    AzureTableSiloStorage silo) : ErasureRaceTests(silo.Storage, TimeSpan.FromMilliseconds(2));

[Collection(AzureBlob.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobErasureRaceTests(AzureBlobSiloStorage silo) : ErasureRaceTests(silo.Storage);
