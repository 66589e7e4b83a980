using System.Collections.Concurrent;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// The live videos of another node, over its HTTP API: follows each that is watched here through one stream, and keeps its last comments for when
/// the upstream is away.
/// </summary>
internal sealed class EdgeLiveVideos(
    UpstreamClient upstream, TimeProvider time, Random random, UpstreamMetrics metrics, UpstreamLog trouble) : ILiveVideoReader
{
    private readonly ConcurrentDictionary<LiveVideoId, EdgeSubscription> _watches = new();

    /// <summary>
    /// Reads a page: what follows a cursor never changes, and is taken from here where it is here. The newest page comes from the upstream, and
    /// from here only while that is away, as far as it is here.
    /// </summary>
    /// <inheritdoc/>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var watch = _watches.GetValueOrDefault(liveVideoId);
        if (watch?.TryRead(before, limit) is { } known) return known;
        try
        {
            return await upstream.ReadAsync(liveVideoId, before, limit);
        }
        catch (CommentsUnavailableException) when (before == CommentId.Max && watch?.TryReadNewest(limit) is { } page)
        {
            return page;
        }
    }

    /// <inheritdoc/>
    public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        var watch = new EdgeSubscription(liveVideoId, upstream, observer, time, random, metrics, trouble);
        await watch.BeginAsync();
        _watches[liveVideoId] = watch;
        return new Registration(watch, () => _watches.TryRemove(KeyValuePair.Create(liveVideoId, watch)));
    }

    /// <summary>Waits until whoever follows the video here has this comment; not for long, and not where nobody does.</summary>
    public Task ReachAsync(LiveVideoId liveVideoId, CommentId comment) =>
        _watches.TryGetValue(liveVideoId, out var watch) ? watch.ReachAsync(comment) : Task.CompletedTask;

    private sealed class Registration(EdgeSubscription watch, Action remove) : ILiveVideoSubscription
    {
        public CommentId Start => watch.Start;

        public ValueTask DisposeAsync()
        {
            remove();
            return watch.DisposeAsync();
        }
    }
}
