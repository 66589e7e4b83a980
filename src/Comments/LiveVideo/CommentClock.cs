using Microsoft.Extensions.Logging;

namespace LiveComments;

/// <summary>
/// The time that comments are dated with: that of the system's clock, unless this has just been set forward by more than
/// <see cref="MaxStep"/>. Ids only rise, so a comment that a wrong clock dates into the future would hold up the time of all that follow.
/// Such a clock is believed when it still says so after <see cref="Patience"/>. Safe for use by many threads at once.
/// </summary>
public sealed partial class CommentClock : TimeProvider
{
    /// <summary>The most that the clock may be set forward at once and be believed.</summary>
    public static readonly TimeSpan MaxStep = TimeSpan.FromMinutes(1);

    /// <summary>How long a clock that was set forward is not believed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time;
    private readonly ILogger<CommentClock>? _log;
    private readonly Lock _gate = new();

    // The last time that was believed, and the timestamp at that moment.
    private DateTimeOffset _believed;
    private long _believedAt;
    private long? _aheadSince;

    /// <summary>Begins to watch a clock; what it says first is believed.</summary>
    public CommentClock(TimeProvider time, ILogger<CommentClock>? log = null)
    {
        (_time, _log) = (time, log);
        (_believed, _believedAt) = (time.GetUtcNow(), time.GetTimestamp());
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => _time.TimestampFrequency;

    /// <summary>The time to date comments with.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        var (said, at) = (_time.GetUtcNow(), _time.GetTimestamp());
        lock (_gate)
        {
            var expected = _believed + _time.GetElapsedTime(_believedAt, at);
            if (said <= expected + MaxStep)
            {
                _aheadSince = null;
            }
            else if (_aheadSince is not { } since)
            {
                _aheadSince = at;
                if (_log is not null) LogAhead(_log, said, expected);
                return expected;
            }
            else if (_time.GetElapsedTime(since, at) < Patience)
            {
                return expected;
            }

            (_believed, _believedAt) = (said, at);
            return said;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => _time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateTimer(callback, state, dueTime, period);

    [LoggerMessage(1, LogLevel.Warning,
        "The clock was set forward to {Said:O}, and it should be {Expected:O}. "
        + "Comments are dated by the latter until the clock has said so for 10 minutes.")]
    private static partial void LogAhead(ILogger log, DateTimeOffset said, DateTimeOffset expected);
}
