using LiveComments.WebFrontend.Api;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// All viewers of this node: counts them up to the cap, gives each a keep-alive line every 15 s, spread evenly over the seconds, and
/// ends all when the node stops.
/// </summary>
internal sealed class ViewerRegistry : IHostedService, IDisposable
{
    private const int KeepAliveSeconds = 15;

    private readonly ViewerSet[] _bySecond = [.. Enumerable.Range(0, KeepAliveSeconds).Select(_ => new ViewerSet())];
    private readonly LimitsOptions _limits;
    private readonly StreamMetrics _metrics;
    private readonly int _patience;
    private readonly ITimer _everySecond;
    private readonly TaskCompletionSource _allLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _second;
    private volatile bool _stopping;

    public ViewerRegistry(LimitsOptions limits, StreamingOptions streaming, TimeProvider time, StreamMetrics metrics)
    {
        (_limits, _metrics) = (limits, metrics);
        _patience = (streaming.StallSeconds + KeepAliveSeconds - 1) / KeepAliveSeconds;
        _everySecond = time.CreateTimer(_ => KeepNextAlive(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>Whether the node is stopping and takes no more viewers.</summary>
    public bool Stopping => _stopping;

    /// <summary>Reserves room for one viewer; false at the cap.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _count) <= _limits.MaxViewers) return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Gives back what <see cref="TryReserve"/> took.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _count) == 0 && _stopping) _allLeft.TrySetResult();
    }

    /// <summary>Adds a viewer; dispose of the result to remove it.</summary>
    public Membership Add(Viewer viewer)
    {
        // The second that has just passed comes again in a full round.
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
            foreach (var viewer in viewers.Walk()) viewer?.End();
        if (Volatile.Read(ref _count) == 0) _allLeft.TrySetResult();
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits until all streams have ended cleanly; those that cannot are cut off when the time allowed is over.</summary>
    Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        EndAll();
        return _allLeft.Task.WaitAsync(cancellationToken);
    }

    public void Dispose() => _everySecond.Dispose();

    private void KeepNextAlive()
    {
        var second = (_second + 1) % KeepAliveSeconds;
        Volatile.Write(ref _second, second);
        foreach (var viewer in _bySecond[second].Walk()) viewer?.KeepAlive(_patience);
    }

    /// <summary>A viewer's being counted here.</summary>
    internal readonly struct Membership(ViewerRegistry owner, ViewerSet viewers, int slot) : IDisposable
    {
        public void Dispose()
        {
            viewers.Remove(slot);
            owner._metrics.ViewerLeft();
        }
    }
}
