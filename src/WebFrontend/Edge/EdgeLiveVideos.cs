using System.Collections.Concurrent;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// The live videos of another node, over its HTTP API: follows each that is watched here through one stream, and keeps its last comments
/// for when the upstream is away.
/// </summary>
internal sealed class EdgeLiveVideos(
    UpstreamClient upstream, UpstreamOptions options, TimeProvider time, Random random, UpstreamMetrics metrics, UpstreamLog trouble)
    : ILiveVideoReader
{
    private readonly ConcurrentDictionary<LiveVideoId, EdgeSubscription> _subscriptions = new();

    /// <summary>
    /// Reads a page: what precedes a cursor is taken from here where it is here. The newest page comes from the upstream, and from here
    /// only while that is away, as far as it is here, and not for longer than <see cref="UpstreamOptions.StaleSeconds"/>.
    /// </summary>
    /// <inheritdoc/>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var subscription = _subscriptions.GetValueOrDefault(liveVideoId);
        if (subscription?.TryRead(before, limit) is { } known) return known;
        try
        {
            var page = await upstream.ReadAsync(liveVideoId, before, limit);
            if (subscription is null) return page;
            return subscription.Apply(page)
                ?? throw new CommentsUnavailableException("What the upstream gave is older than what it has said to be removed.");
        }
        catch (CommentsUnavailableException) when (before == CommentId.Max && subscription?.TryReadNewest(limit) is { } page)
        {
            return page;
        }
    }

    /// <inheritdoc/>
    public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        var freshness = new Freshness(TimeSpan.FromSeconds(options.StaleSeconds), time);
        var subscription = new EdgeSubscription(liveVideoId, upstream, observer, freshness, time, random, metrics, trouble);
        await subscription.BeginAsync();
        _subscriptions[liveVideoId] = subscription;
        return new Registration(subscription, () => _subscriptions.TryRemove(KeyValuePair.Create(liveVideoId, subscription)));
    }

    /// <summary>
    /// Waits until the subscription to this video has the comment: for a second at most, and not if nobody follows the video here.
    /// </summary>
    public Task ReachAsync(LiveVideoId liveVideoId, CommentId comment) =>
        _subscriptions.TryGetValue(liveVideoId, out var subscription) ? subscription.ReachAsync(comment) : Task.CompletedTask;

    private sealed class Registration(EdgeSubscription subscription, Action remove) : ILiveVideoSubscription
    {
        public CommentId Start => subscription.Start;

        public CommentId? LastRemoval => subscription.LastRemoval;

        public VideoSettings Settings => subscription.Settings;

        public Task SyncAsync() => subscription.SyncAsync();

        public ValueTask DisposeAsync()
        {
            remove();
            return subscription.DisposeAsync();
        }
    }
}
