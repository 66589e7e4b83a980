using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.WebFrontend.Tests;

/// <summary>What the tests of streaming are made of.</summary>
internal static class StreamingParts
{
    public static readonly LiveVideoId Video = LiveVideoId.Parse("v");

    public static FeedLog Log { get; } = new(TimeProvider.System, NullLogger<CommentFeed>.Instance);

    public static StreamMetrics Metrics { get; } = new(new Meter("test"));

    public static InProcessLiveVideos Engine(ICommentStore store, TimeProvider time) =>
        new(store, new(), time, new(new Meter("test")));

    public static CommentFeed NewFeed(ILiveVideos videos, TimeProvider time, int replay = 1_000, Action? changed = null) =>
        new(Video, videos, replay, time, Log, Metrics.Feeds, changed ?? (() => { }), ownerChanged: () => { }, stale: () => { });

    /// <summary>A viewer of a video that nobody posts to.</summary>
    public static Viewer NewViewer(IViewerConnection connection) =>
        new(connection, NewFeed(Engine(new MemoryStore(), TimeProvider.System), TimeProvider.System), default, Metrics);

    public static Comment Comment(long id) => new(new(id), Video, "Ada", $"{id}");

    public static CommentBatch Batch(long follows, params long[] ids) => new(new(follows), [.. ids.Select(Comment)]);

    public static async Task PostAsync(this ILiveVideos videos, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.Equal(PostStatus.Accepted, (await videos.PostAsync(Video, Drafts.Draft($"{i}")).InTime()).Status);
    }
}
