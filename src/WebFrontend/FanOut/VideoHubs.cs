namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// The channels of the videos that are watched on this node. A channel stays a little after its last viewer has left, because people
/// scroll past videos and come back.
/// </summary>
internal sealed class VideoHubs(ILiveVideoReader liveVideos, StreamingOptions settings, TimeProvider time, StreamMetrics metrics)
    : IDisposable
{
    private readonly IdleCache<LiveVideoId, VideoHub> _channels = new(
        activate: id => new(
            id, liveVideos, settings.Replay, TimeSpan.FromMilliseconds(settings.MaxFlushIntervalMs), time, metrics),
        deactivate: channel => _ = channel.DisposeAsync().AsTask(),
        TimeSpan.FromSeconds(settings.LingerSeconds),
        time);

    /// <summary>Takes the channel of a video into use until the lease is disposed of.</summary>
    public IdleCache<LiveVideoId, VideoHub>.Lease Enter(LiveVideoId liveVideoId) => _channels.Enter(liveVideoId);

    /// <summary>What goes on in the channels there are.</summary>
    public IReadOnlyCollection<VideoActivity> Activity() =>
        [.. _channels.Snapshot().Select(channel => new VideoActivity(channel.Key, channel.Value.Viewers, channel.Value.Comments))];

    public void Dispose() => _channels.Dispose();
}
