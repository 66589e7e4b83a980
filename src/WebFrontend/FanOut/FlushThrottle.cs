namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// Limits how often a video is flushed. After a quiet time a flush starts at once. After a flush that took t, its wait for a thread
/// included, the next starts at the earliest <see cref="CostFactor"/> times t later, up to a bound that the node's pace sets. So a small
/// video on an idle node gathers nothing, and a large one, or a busy node, gathers much.
/// </summary>
internal sealed class FlushThrottle(Action flush, TimeSpan maxRest, NodePace pace, TimeProvider time) : IDisposable
{
    // A video spends at most 1/32 of a core on flushes, unless the bound makes it flush more often.
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
    /// <param name="hurry">Flush as soon as no other flush is under way.</param>
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
            _rest = TimeSpan.FromTicks(Math.Min(time.GetElapsedTime(_due, _done).Ticks * CostFactor, pace.LongestWait(maxRest).Ticks));
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

        // Not on this stack: a flush of few viewers completes before it returns, and the calls would nest.
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
        _timer ??= time.CreateTimer(
            static throttle => ((FlushThrottle)throttle!).WaitIsOver(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
