using System.Diagnostics.Metrics;
using LiveComments.Testing;
using Orleans.Storage;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>The longest comments that there can be, as many as one append may carry, on a segment as large as it may be.</summary>
public abstract class LargestAppendTests(IGrainStorage storage, int largestSegment)
{
    private const int Posts = 500;

    private readonly LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    // Three bytes in UTF-8, and six in the JSON of grain storage; four in both. White space alone would not be taken.
    [Theory]
    [InlineData("\u2028")]
    [InlineData("😀")]
    public async Task The_longest_comments_posted_at_once_are_all_accepted(string character)
    {
        using var store = new OrleansCommentStore(storage, new() { SegmentBytes = largestSegment });
        using var meter = new Meter("test");
        var video = new LiveVideo(_video, store, new(), TimeProvider.System, new(meter));
        // The segment is one comment short of full when the largest appends come.
        var almostFull = largestSegment / LongestBytes(character) - 1;
        for (var i = 0; i < almostFull; i += 50)
            await PostAsync(video, character, Math.Min(50, almostFull - i));

        var posted = await PostAsync(video, character, Posts);

        var stored = await store.ReadBeforeAsync(_video, CommentId.Max, Posts).InTime();
        Assert.Equal(posted, stored.Reverse());
    }

    private static async Task<IEnumerable<Comment>> PostAsync(LiveVideo video, string character, int count)
    {
        var drafts = Enumerable.Range(0, count).Select(_ =>
            Draft(
                Longest(character, CommentDraft.MaxMessageLength), $"{Guid.NewGuid()}", Longest(character, CommentDraft.MaxAuthorLength)));
        var outcomes = await video.PostAsync(drafts).InTime();
        Assert.All(outcomes, outcome => Assert.Equal(PostStatus.Accepted, outcome.Status));
        return outcomes.Select(outcome => outcome.Comment!);
    }

    private static string Longest(string character, int length) => $"a{string.Concat(Enumerable.Repeat(character, length - 2))}a";

    private static int LongestBytes(string character) => LogEntry.BytesOf(
        Longest(character, CommentDraft.MaxAuthorLength), Longest(character, CommentDraft.MaxMessageLength), Draft(key: "k").Key);
}

[Collection(AzureTable.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureTableLargestAppendTests(AzureTableSiloStorage silo)
    : LargestAppendTests(silo.Storage, OrleansStorageOptions.MaxSegmentBytesInAzureTable);

[Collection(AzureBlob.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureBlobLargestAppendTests(AzureBlobSiloStorage silo)
    : LargestAppendTests(silo.Storage, OrleansStorageOptions.MaxSegmentBytes);
