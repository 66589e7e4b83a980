using LiveComments.WebFrontend.Feed;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>One live video on this node: its feed and its viewers.</summary>
internal sealed class VideoHub : IAsyncDisposable
{
    private readonly ViewerSet _viewers = new();
    private readonly CommentFeed _feed;
    private readonly OpenReceipts _receipts;
    private readonly Broadcaster _broadcaster;

    public VideoHub(
        LiveVideoId liveVideoId,
        ILiveVideoReader liveVideos,
        int replay,
        TimeSpan maxFlushInterval,
        NodePace pace,
        TimeProvider time,
        FeedLog log,
        StreamMetrics metrics,
        RemovalReceipts? receipts = null)
    {
        _receipts = new(liveVideoId, _viewers, receipts ?? new(time), entry => _feed?.HasCome(entry) ?? true, time);
        _feed = new(
            liveVideoId,
            liveVideos,
            replay,
            time,
            log,
            metrics.Feeds,
            changed: () => _broadcaster!.Request(),
            ownerChanged: EndAll,
            stale: EndRelays)
        {
            Removed = _receipts.Open,
            Ended = EndAsOver,
        };
        _broadcaster = new(_feed, _viewers, maxFlushInterval, pace, maxUnsent: replay / 2, time, metrics);
    }

    /// <summary>How many watch here.</summary>
    public int Viewers => _viewers.Count;

    /// <summary>How many comments have come since the hub was opened.</summary>
    public long Comments => _feed.End;

    /// <summary>The comments of the video.</summary>
    public CommentFeed Feed => _feed;

    /// <summary>Sends to a viewer from now on; dispose of the result to stop.</summary>
    public Registration Add(Viewer viewer)
    {
        viewer.Receipts = _receipts;
        var registration = new Registration(this, viewer, _viewers.Add(viewer, tell: true));
        // Comments that came since its cursor was made were sent before it was added.
        viewer.Pump();
        // It may have become so since this viewer was let in.
        if (_feed.HasEnded && !viewer.IsRelay) viewer.EndAsOver();
        return registration;
    }

    /// <summary>Ends the subscription; there are no viewers any more.</summary>
    public ValueTask DisposeAsync()
    {
        _broadcaster.Dispose();
        _receipts.Dispose();
        return _feed.DisposeAsync();
    }

    // On another thread: the owner waits for its observers.
    private void EndAll() => ThreadPool.QueueUserWorkItem(static viewers =>
    {
        foreach (var viewer in viewers.Snapshot()) viewer?.End();
    }, _viewers, preferLocal: false);

    // Screens stay: they have what they were sent, and get nothing more. A crowd that came back would be refused again and again.
    private void EndRelays() => ThreadPool.QueueUserWorkItem(static viewers =>
    {
        foreach (var viewer in viewers.Snapshot())
            if (viewer is { IsRelay: true }) viewer.EndAsStale();
    }, _viewers, preferLocal: false);

    // Relays stay: they are told when the video is opened again, and have no viewers of it until then.
    private void EndAsOver() => ThreadPool.QueueUserWorkItem(static viewers =>
    {
        foreach (var viewer in viewers.Snapshot())
            if (viewer is { IsRelay: false }) viewer.EndAsOver();
    }, _viewers, preferLocal: false);

    /// <summary>A viewer's registration with its hub.</summary>
    internal readonly struct Registration(VideoHub hub, Viewer viewer, int slot) : IDisposable
    {
        public void Dispose()
        {
            hub._viewers.Remove(slot);
            hub._receipts.OnLeft(slot, viewer);
        }
    }
}
