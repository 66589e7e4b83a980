using System.Diagnostics.Metrics;
using Orleans.Storage;
using static LiveComments.Testing.Drafts;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>The longest comments that there can be, as many as one append may carry, on a segment as large as it may be.</summary>
public abstract class LargestAppendTests(IGrainStorage storage, int largestSegment)
{
    private const int Posts = 500;

    private readonly LiveVideoId _video = LiveVideoId.Parse($"v{Guid.NewGuid():N}");

    // One byte in UTF-8, and two in the JSON of grain storage; four in both.
    [Theory]
    [InlineData("\"")]
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

        var stored = await store.ReadCommentsAsync(_video, CommentId.Max, Posts).InTime();
        Assert.Equal(posted, stored.Reverse());
    }

    [Fact]
    public async Task All_of_the_shortest_comments_of_the_largest_segment_are_erased()
    {
        // What is kept of an erased comment is longer than its text.
        using var store = new OrleansCommentStore(storage, new() { SegmentBytes = largestSegment });
        var last = 0L;
        for (var bytes = 0; bytes < largestSegment;)
        {
            // The longest ids that there will be.
            var entries = Enumerable.Range(0, Posts).Select(i => new LogEntry(new(IdOf(last + i + 1), _video, "a", "b"), null)).ToArray();
            Assert.Equal(AppendResult.Appended, await store.AppendAsync(_video, last == 0 ? CommentId.None : IdOf(last), entries).InTime());
            (last, bytes) = (last + Posts, bytes + entries.Sum(entry => entry.Bytes));
        }

        var comments = Enumerable.Range(1, (int)last).Select(i => IdOf(i)).ToList();
        await store.EraseAsync(_video, comments, CommentId.Max).InTime();

        var found = await store.FindByAuthorAsync(_video, null, CommentId.None, CommentId.Max).InTime();
        Assert.Empty(found.Ids);
        foreach (var comment in (CommentId[])[comments[0], comments[^1]])
            Assert.Equal(new(RemovedBy: CommentId.Max), await store.FindAsync(_video, comment).InTime());

        static CommentId IdOf(long number) => new(long.MaxValue - 1_000_000 + number);
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
