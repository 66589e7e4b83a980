namespace LiveComments.WebFrontend.Edge;

/// <summary>Says that something is wrong with the upstream: now and then, and not for each of thousands of streams.</summary>
internal sealed partial class UpstreamLog(TimeProvider time, ILogger<UpstreamLog> log)
{
    private readonly LogThrottle _lost = new(time);
    private readonly LogThrottle _refused = new(time);

    /// <summary>Notes that a stream broke or could not be opened.</summary>
    public void Report(string reason)
    {
        if (_lost.TryPass()) LogLost(reason);
    }

    /// <summary>Notes that a report of receipts was refused.</summary>
    public void Refused(int status)
    {
        if (_refused.TryPass()) LogRefused(status);
    }

    [LoggerMessage(2, LogLevel.Warning,
        "The upstream answered {Status} to a report of who was told of a removal: the viewers here are missing in its receipts. After a "
        + "403, name this edge's address in its Http:TrustedProxies.")]
    private partial void LogRefused(int status);

    [LoggerMessage(1, LogLevel.Warning,
        "Upstream stream lost: {Reason} Viewers stay connected. Comments that they miss follow after the reconnect.")]
    private partial void LogLost(string reason);
}
