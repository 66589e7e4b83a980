namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// Decides when what has come in is flushed. After a quiet time at once; then not again before a rest that is as long as a flush is
/// dear: <see cref="CostFactor"/> times what the last one took from being due to being done, its wait for a thread included. So a
/// small video on an idle node gathers nothing, and a large one, or a busy node, gathers much, up to a bound.
/// </summary>
internal sealed class FlushThrottle(Action flush, TimeSpan maxRest, TimeProvider time) : IDisposable
{
    // A video spends 1/32 of a core on flushes, or more where the bound leaves it no choice.
    private const int CostFactor = 32;

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long _due;
    private long _done;
    private TimeSpan _rest;
    private bool _hurry;
    private State _state = State.Idle;

    private enum State { Idle, Waiting, Flushing, FlushingWithMore }

    /// <summary>Says that there is something to flush.</summary>
    /// <param name="hurry">It can wait for a flush under way, but not for a rest.</param>
    public void Request(bool hurry = false)
    {
        lock (_gate)
        {
            switch (_state)
            {
                case State.Idle:
                    var wait = _rest - time.GetElapsedTime(_done);
                    if (wait > TimeSpan.Zero && !hurry)
                    {
                        WaitFor(wait);
                        return;
                    }

                    break;
                case State.Waiting when hurry:
                    break;
                case State.Flushing or State.FlushingWithMore:
                    _state = State.FlushingWithMore;
                    _hurry |= hurry;
                    return;
                default:
                    return;
            }

            Begin();
        }

        flush();
    }

    /// <summary>Says that the flush is done.</summary>
    public void Done()
    {
        lock (_gate)
        {
            _done = time.GetTimestamp();
            _rest = TimeSpan.FromTicks(Math.Min(time.GetElapsedTime(_due, _done).Ticks * CostFactor, maxRest.Ticks));
            var more = _state == State.FlushingWithMore;
            _state = State.Idle;
            if (!more) return;
            if (_rest > TimeSpan.Zero && !_hurry)
            {
                WaitFor(_rest);
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
        (_state, _hurry) = (State.Flushing, false);
        _due = time.GetTimestamp();
    }

    private void WaitFor(TimeSpan wait)
    {
        _state = State.Waiting;
        _timer ??= time.CreateTimer(static pacer => ((FlushThrottle)pacer!).WaitIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
