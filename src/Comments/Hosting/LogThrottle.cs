namespace LiveComments;

/// <summary>Lets a log line pass at most once in 30 seconds. Safe for use by many threads at once.</summary>
internal sealed class LogThrottle(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _last;

    /// <summary>Whether the line may be written now.</summary>
    public bool TryPass()
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Pause) return false;
            _last = time.GetTimestamp();
            return true;
        }
    }
}
