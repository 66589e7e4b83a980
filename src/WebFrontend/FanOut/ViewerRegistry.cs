
namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// All viewers of this node: counts them up to the cap, gives each a keep-alive line every 15 s, spread evenly over the seconds, and
/// ends all when the node stops.
/// </summary>
internal sealed class ViewerRegistry : IDisposable
{
    private const int KeepAliveSeconds = 15;

    // Of the 8 s that a stop may take in all.
    private static readonly TimeSpan TimeForLastWrites = TimeSpan.FromSeconds(3);

    private readonly ViewerSet[] _bySecond = [.. Enumerable.Range(0, KeepAliveSeconds).Select(_ => new ViewerSet())];
    private readonly int _maxViewers;
    private readonly StreamMetrics _metrics;
    private readonly int _patience;
    private readonly TimeProvider _time;
    private readonly ITimer _everySecond;
    private readonly TaskCompletionSource _allLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _second;
    private volatile bool _stopping;

    public ViewerRegistry(int maxViewers, StreamingOptions streaming, TimeProvider time, StreamMetrics metrics)
    {
        (_maxViewers, _metrics, _time) = (maxViewers, metrics, time);
        _patience = (streaming.StallSeconds + KeepAliveSeconds - 1) / KeepAliveSeconds;
        _everySecond = time.CreateTimer(_ => KeepNextAlive(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Whether the node is stopping and takes no more viewers.</summary>
    public bool Stopping => _stopping;

    /// <summary>Reserves room for one viewer; false at the cap.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _count) <= _maxViewers) return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Gives back what <see cref="TryReserve"/> took.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _count) == 0 && _stopping) _allLeft.TrySetResult();
    }

    /// <summary>Adds a viewer; dispose of the result to remove it.</summary>
    public Registration Add(Viewer viewer)
    {
        // The keep-alive of the second that has just passed is due again in a full round.
        var viewers = _bySecond[Volatile.Read(ref _second)];
        var slot = viewers.Add(viewer);
        _metrics.ViewerJoined();
        if (_stopping) viewer.End();
        return new(this, viewers, slot);
    }

    /// <summary>Ends all viewers, and those that come.</summary>
    public void EndAll()
    {
        _stopping = true;
        foreach (var viewers in _bySecond)
            foreach (var viewer in viewers.Snapshot()) viewer?.End();
        if (Volatile.Read(ref _count) == 0) _allLeft.TrySetResult();
    }

    /// <summary>
    /// Ends all viewers and completes when their streams have ended cleanly; those that have not after some seconds, because their readers
    /// take nothing, are broken off.
    /// </summary>
    public async Task EndAllAsync(CancellationToken cancellationToken)
    {
        EndAll();
        try
        {
            await _allLeft.Task.WaitAsync(TimeForLastWrites, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            foreach (var viewers in _bySecond)
                foreach (var viewer in viewers.Snapshot()) viewer?.Abort();
            await _allLeft.Task.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _everySecond.Dispose();

    private void KeepNextAlive()
    {
        var second = (_second + 1) % KeepAliveSeconds;
        Volatile.Write(ref _second, second);
        foreach (var viewer in _bySecond[second].Snapshot()) viewer?.KeepAlive(_patience);
    }

    /// <summary>A viewer's registration.</summary>
    internal readonly struct Registration(ViewerRegistry owner, ViewerSet viewers, int slot) : IDisposable
    {
        public void Dispose()
        {
            viewers.Remove(slot);
            owner._metrics.ViewerLeft();
        }
    }
}
