namespace LiveComments.WebFrontend.Streaming;

/// <summary>
/// Decides when what has come in is flushed. After a quiet time at once; then not again before an interval that is as long as a flush is
/// dear: <see cref="CostFactor"/> times what the last one took from being due to being done, its wait for a thread included. So a
/// small video on an idle node gathers nothing, and a large one, or a busy node, gathers much, up to a bound.
/// </summary>
internal sealed class FlushPacer(Action flush, TimeSpan maxInterval, TimeProvider time) : IDisposable
{
    // A video spends 1/32 of a core on flushes, or more where the bound leaves it no choice.
    private const int CostFactor = 32;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _due;
    private TimeSpan _interval;
    private State _state = State.Idle;

    private enum State { Idle, Waiting, Flushing, FlushingWithMore }

    /// <summary>Says that there is something to flush.</summary>
    public void Request()
    {
        lock (_gate)
        {
            switch (_state)
            {
                case State.Idle:
                    var wait = _interval - time.GetElapsedTime(_due);
                    if (wait > TimeSpan.Zero)
                    {
                        WaitFor(wait);
                        return;
                    }

                    Begin();
                    break;
                case State.Flushing:
                    _state = State.FlushingWithMore;
                    return;
                default:
                    return;
            }
        }

        flush();
    }

    /// <summary>Says that the flush is done.</summary>
    public void Done()
    {
        lock (_gate)
        {
            var took = time.GetElapsedTime(_due);
            _interval = TimeSpan.FromTicks(Math.Min(took.Ticks * CostFactor, maxInterval.Ticks));
            var more = _state == State.FlushingWithMore;
            _state = State.Idle;
            if (!more) return;
            var wait = _interval - took;
            if (wait > TimeSpan.Zero)
            {
                WaitFor(wait);
                return;
            }

            Begin();
        }

        // Not from here: a flush of few viewers is done before it returns, and one would stand on the other.
        ThreadPool.UnsafeQueueUserWorkItem(static flush => flush(), flush, preferLocal: false);
    }

    /// <summary>Flushes no more.</summary>
    public void Dispose() => _timer?.Dispose();

    private void Begin()
    {
        _state = State.Flushing;
        _due = time.GetTimestamp();
    }

    private void WaitFor(TimeSpan wait)
    {
        _state = State.Waiting;
        _timer ??= time.CreateTimer(static pacer => ((FlushPacer)pacer!).WaitIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void WaitIsOver()
    {
        lock (_gate)
        {
            if (_state != State.Waiting) return;
            Begin();
        }

        flush();
    }
}
