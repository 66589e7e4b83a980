namespace LiveComments.Testing;

/// <summary>A clock that stands still until a test moves it; timers run on the thread that does.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed;
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp()
    {
        lock (_gate) return _elapsed.Ticks;
    }

    /// <summary>Lets time pass, and the timers that come due fire in their order.</summary>
    public void Advance(TimeSpan by)
    {
        var end = _elapsed + by;
        while (NextDue(end) is { } timer) timer.Fire();
        lock (_gate)
        {
            _now += end - _elapsed;
            _elapsed = end;
        }
    }

    /// <summary>Sets the wall clock, forward or back, as somebody who corrects it does: no time passes.</summary>
    public void SetWallClock(DateTimeOffset now)
    {
        lock (_gate) _now = now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    private ManualTimer? NextDue(TimeSpan end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next?.Due is not { } due || due <= _elapsed) return next;
            _now += due - _elapsed;
            _elapsed = due;
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Due = dueTime < TimeSpan.Zero ? null : time._elapsed + dueTime;
                _period = period;
                return true;
            }
        }

        public void Fire()
        {
            lock (time._gate) Due = _period > TimeSpan.Zero ? Due + _period : null;
            callback();
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                Due = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
