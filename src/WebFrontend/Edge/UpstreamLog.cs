namespace LiveComments.WebFrontend.Edge;

/// <summary>Says that something is wrong with the upstream: now and then, and not for each of thousands of streams.</summary>
internal sealed partial class UpstreamLog(TimeProvider time, ILogger<UpstreamLog> log)
{
    private readonly LogThrottle _lost = new(time);

    /// <summary>Notes that a stream broke or could not be opened.</summary>
    public void Report(string reason)
    {
        if (_lost.TryPass()) LogLost(reason);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Upstream stream lost: {Reason} Viewers stay connected. Comments that they miss follow after the reconnect.")]
    private partial void LogLost(string reason);
}
