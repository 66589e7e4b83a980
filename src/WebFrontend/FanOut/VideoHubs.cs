using LiveComments.WebFrontend.Feed;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// The hubs of the videos that are watched on this node. A hub stays a little after its last viewer has left, because people
/// scroll past videos and come back.
/// </summary>
internal sealed class VideoHubs(
    ILiveVideoReader liveVideos,
    StreamingOptions options,
    int maxVideos,
    NodePace pace,
    TimeProvider time,
    FeedLog log,
    StreamMetrics metrics,
    RemovalReceipts receipts)
    : IDisposable
{
    private readonly IdleCache<LiveVideoId, VideoHub> _hubs = new(
        activate: id => new(
            id, liveVideos, options.Replay, TimeSpan.FromMilliseconds(options.MaxFlushIntervalMs), pace, time, log, metrics, receipts),
        deactivate: hub => _ = hub.DisposeAsync().AsTask(),
        TimeSpan.FromSeconds(options.LingerSeconds),
        time,
        // A video without comments leaves at once, so that requests for random ids leave nothing behind. One that is being opened stays:
        // who comes next waits for the same answer.
        stays: hub => hub.Feed.HasComments || hub.Feed.IsOpening);

    /// <summary>How many there are.</summary>
    public int Count => _hubs.Count;

    /// <summary>Takes the hub of a video into use until the lease is disposed of; null if too many videos are watched already.</summary>
    public IdleCache<LiveVideoId, VideoHub>.Lease? TryEnter(LiveVideoId liveVideoId) =>
        _hubs.Count < maxVideos || _hubs.Contains(liveVideoId) ? _hubs.Enter(liveVideoId) : null;

    /// <summary>What goes on in each of them, but for what moderators alone follow.</summary>
    public IReadOnlyCollection<VideoActivity> Activity() =>
        [.. _hubs.Snapshot().Where(hub => !hub.Key.HoldsDecisions).Select(hub => new VideoActivity(hub.Key, hub.Value.Viewers, hub.Value.Comments))];

    public void Dispose() => _hubs.Dispose();
}
