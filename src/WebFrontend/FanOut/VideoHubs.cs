namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// The hubs of the videos that are watched on this node. A hub stays a little after its last viewer has left, because people
/// scroll past videos and come back.
/// </summary>
internal sealed class VideoHubs(ILiveVideoReader liveVideos, StreamingOptions options, TimeProvider time, StreamMetrics metrics)
    : IDisposable
{
    private readonly IdleCache<LiveVideoId, VideoHub> _hubs = new(
        activate: id => new(
            id, liveVideos, options.Replay, TimeSpan.FromMilliseconds(options.MaxFlushIntervalMs), time, metrics),
        deactivate: hub => _ = hub.DisposeAsync().AsTask(),
        TimeSpan.FromSeconds(options.LingerSeconds),
        time);

    /// <summary>Takes the hub of a video into use until the lease is disposed of.</summary>
    public IdleCache<LiveVideoId, VideoHub>.Lease Enter(LiveVideoId liveVideoId) => _hubs.Enter(liveVideoId);

    /// <summary>What goes on in each of them.</summary>
    public IReadOnlyCollection<VideoActivity> Activity() =>
        [.. _hubs.Snapshot().Select(hub => new VideoActivity(hub.Key, hub.Value.Viewers, hub.Value.Comments))];

    public void Dispose() => _hubs.Dispose();
}
