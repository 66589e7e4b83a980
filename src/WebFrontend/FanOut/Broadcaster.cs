using LiveComments.WebFrontend.Feed;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// Writes to all viewers of a feed what they miss, in flushes on the thread pool, as often as a <see cref="FlushThrottle"/> allows. A
/// flush over many viewers is split into parts, which run in parallel if cores are free. Other work runs between the parts, so a video with
/// very many viewers does not starve the others.
/// </summary>
internal sealed class Broadcaster : IThreadPoolWorkItem, IDisposable
{
    private const int ViewersInPart = 256;
    private const int ViewersAtOnce = 16;

    private readonly CommentFeed _feed;
    private readonly ViewerSet _viewers;
    private readonly FlushThrottle _throttle;
    private readonly int _maxUnsent;
    private readonly TimeProvider _time;
    private readonly StreamMetrics _metrics;

    // The positions up to which the last flush has sent, and the one under way will send at least.
    private long _sent;
    private long _sending;
    private Viewer?[] _round = [];
    private int _nextPart;
    private int _workers;

    /// <summary>Makes a broadcaster that has nothing to do yet.</summary>
    /// <param name="feed">What is sent.</param>
    /// <param name="viewers">The viewers to write to.</param>
    /// <param name="maxInterval">The longest that a comment waits for others on a busy node.</param>
    /// <param name="pace">How much of that it waits now.</param>
    /// <param name="maxUnsent">If more comments are unsent, no flush waits: viewers that keep up would lose some to overwriting.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">What is counted.</param>
    public Broadcaster(
        CommentFeed feed, ViewerSet viewers, TimeSpan maxInterval, NodePace pace, int maxUnsent, TimeProvider time, StreamMetrics metrics)
    {
        (_feed, _viewers, _maxUnsent, _time, _metrics) = (feed, viewers, maxUnsent, time, metrics);
        _throttle = new(Start, maxInterval, pace, time);
    }

    /// <summary>Says that comments have come.</summary>
    public void Request() => _throttle.Request(hurry: _feed.End - Volatile.Read(ref _sending) > _maxUnsent);

    /// <summary>Begins no more flushes.</summary>
    public void Dispose() => _throttle.Dispose();

    void IThreadPoolWorkItem.Execute()
    {
        var first = (Interlocked.Increment(ref _nextPart) - 1) * ViewersInPart;
        if (first < _round.Length)
        {
            foreach (var viewer in _round.AsSpan(first, Math.Min(ViewersInPart, _round.Length - first))) viewer?.Pump();
            if (first + ViewersInPart < _round.Length)
            {
                Queue();
                return;
            }
        }

        if (Interlocked.Decrement(ref _workers) == 0) Done();
    }

    private void Start()
    {
        Volatile.Write(ref _sending, _feed.End);
        _round = _viewers.Snapshot();
        if (_round.Length <= ViewersAtOnce && TaskScheduler.Current == TaskScheduler.Default)
        {
            // Writing to so few takes less time than waking another thread. Not in the turns of an actor or a grain: what a slow viewer is
            // waited for would go on in those.
            foreach (var viewer in _round) viewer?.Pump();
            Done();
            return;
        }

        _nextPart = 0;
        var workers = Math.Clamp(_round.Length / ViewersInPart, 1, Environment.ProcessorCount);
        Volatile.Write(ref _workers, workers);
        for (var i = 0; i < workers; i++) Queue();
    }

    private void Done()
    {
        if (_feed.IdAt(_sent) is { } oldest)
        {
            var since = _time.GetUtcNow() - oldest.CreatedAt - _feed.Delay;
            _metrics.Broadcast(since > TimeSpan.Zero ? since : TimeSpan.Zero);
        }
        _sent = _sending;
        _throttle.Done();
    }

    private void Queue() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
