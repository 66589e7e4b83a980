namespace LiveComments.WebFrontend.Connections;

/// <summary>Bounds the connections of this node. Safe for use by many threads at once.</summary>
internal sealed partial class ConnectionLimit(TransportBounds bounds, TimeProvider time, ILogger<ConnectionLimit> log)
{
    private readonly LogThrottle _full = new(time);
    private int _count;

    /// <summary>Takes a place for one connection until <see cref="Leave"/>; false if all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= bounds.MaxConnections) return true;
        Leave();
        if (_full.TryPass()) LogFull(bounds.MaxConnections);
        return false;
    }

    /// <summary>Gives back what <see cref="TryEnter"/> took.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);

    [LoggerMessage(1, LogLevel.Warning, "All {Most} connections (Limits:MaxConnections) are taken; more are closed at once.")]
    private partial void LogFull(int most);
}
