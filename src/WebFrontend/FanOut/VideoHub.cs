using LiveComments.WebFrontend.Feed;
namespace LiveComments.WebFrontend.FanOut;

/// <summary>One live video on this node: what comes in, and the viewers that it goes out to.</summary>
internal sealed class VideoHub : IAsyncDisposable
{
    private readonly CommentFeed _feed;
    private readonly ViewerSet _viewers = new();
    private readonly FlushThrottle _pacer;
    private readonly TimeProvider _time;
    private readonly StreamMetrics _metrics;
    private readonly int _mostWaiting;

    // The positions up to which the last sweep got, and the one under way will get at least.
    private long _swept;
    private long _sweeping;

    public VideoHub(
        LiveVideoId liveVideoId, ILiveVideoReader liveVideos, int replay, TimeSpan maxFlushInterval, TimeProvider time, StreamMetrics metrics)
    {
        (_time, _metrics) = (time, metrics);
        // What more comments wait for is not company but the ring's end, where they would be a gap to all who read them in time.
        _mostWaiting = replay / 2;
        var sweep = new Broadcaster(_viewers, Swept);
        _pacer = new(() => StartSweep(sweep), maxFlushInterval, time);
        _feed = new(liveVideoId, liveVideos, replay, time, OnNews, SendAway);
    }

    /// <summary>How many watch here.</summary>
    public int Viewers => _viewers.Count;

    /// <summary>How many comments have come since the channel was opened.</summary>
    public long Comments => _feed.End;

    /// <inheritdoc cref="CommentFeed.PrepareAsync"/>
    public Task PrepareAsync(CommentId? after, int backlog) => _feed.PrepareAsync(after, backlog);

    /// <inheritdoc cref="CommentFeed.Place"/>
    public void Place(Viewer viewer, CommentId? after) => _feed.Place(viewer, after);

    /// <summary>Begins to feed a viewer that has its place; dispose of the result to stop.</summary>
    public Membership Join(Viewer viewer)
    {
        viewer.Attach(_feed);
        var membership = new Membership(_viewers, _viewers.Add(viewer));
        // What came between placing and adding was swept without this viewer.
        viewer.Pump();
        return membership;
    }

    /// <summary>Ends the subscription; there are no viewers any more.</summary>
    public ValueTask DisposeAsync()
    {
        _pacer.Dispose();
        return _feed.DisposeAsync();
    }

    // On a thread of its own: the video waits for who tells it.
    private void SendAway() => ThreadPool.QueueUserWorkItem(static viewers =>
    {
        foreach (var viewer in viewers.Walk()) viewer?.End();
    }, _viewers, preferLocal: false);

    private void OnNews() => _pacer.Request(hurry: _feed.End - Volatile.Read(ref _sweeping) > _mostWaiting);

    private void StartSweep(Broadcaster sweep)
    {
        Volatile.Write(ref _sweeping, _feed.End);
        sweep.Start();
    }

    private void Swept()
    {
        if (_feed.IdAt(_swept) is { } oldest) _metrics.SweptOut(_time.GetUtcNow() - oldest.CreatedAt);
        _swept = _sweeping;
        _pacer.Done();
    }

    /// <summary>A viewer's place in the sweeps.</summary>
    internal readonly struct Membership(ViewerSet viewers, int slot) : IDisposable
    {
        public void Dispose() => viewers.Remove(slot);
    }
}
