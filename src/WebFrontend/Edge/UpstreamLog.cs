namespace LiveComments.WebFrontend.Edge;

/// <summary>Says that something is wrong with the upstream: now and then, and not for each of thousands of streams.</summary>
internal sealed partial class UpstreamLog(TimeProvider time, ILogger<UpstreamLog> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long? _last;

    /// <summary>Notes that a stream broke or could not be opened.</summary>
    public void Report(string reason)
    {
        lock (_gate)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Pause) return;
            _last = time.GetTimestamp();
        }

        LogTrouble(reason);
    }

    [LoggerMessage(LogLevel.Warning, "Streams from the upstream break: {Reason} Viewers stay connected and are given what they miss later.")]
    private partial void LogTrouble(string reason);
}
