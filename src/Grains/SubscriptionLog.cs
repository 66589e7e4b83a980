using Microsoft.Extensions.Logging;

namespace LiveComments.Grains;

/// <summary>Logs subscriptions that an owner ended: each reason at most once in 30 seconds.</summary>
internal sealed partial class SubscriptionLog(TimeProvider time, ILogger<SubscriptionLog> log)
{
    private readonly LogThrottle _overflow = new(time);
    private readonly LogThrottle _lapsed = new(time);
    private readonly LogThrottle _failed = new(time);

    public void Overflow(LiveVideoId video)
    {
        if (_overflow.TryPass()) LogOverflow(video);
    }

    public void Lapsed(LiveVideoId video)
    {
        if (_lapsed.TryPass()) LogLapsed(video);
    }

    public void Failed(LiveVideoId video, Exception exception)
    {
        if (_failed.TryPass()) LogFailed(video, exception.Message);
    }

    [LoggerMessage(1, LogLevel.Warning, "A subscription to {Video} was dropped: its frontend is too slow. It subscribes again.")]
    private partial void LogOverflow(LiveVideoId video);

    [LoggerMessage(2, LogLevel.Information, "A subscription to {Video} was dropped: its frontend did not renew the lease.")]
    private partial void LogLapsed(LiveVideoId video);

    [LoggerMessage(3, LogLevel.Warning, "A subscription to {Video} was dropped: its frontend did not take a batch: {Reason}")]
    private partial void LogFailed(LiveVideoId video, string reason);
}
