using Microsoft.Extensions.Logging;

namespace LiveComments.Grains.Publishing;

/// <summary>Logs comments that the stream provider did not take: at most once in 30 seconds.</summary>
internal sealed partial class PublishingLog(TimeProvider time, ILogger<CommentStreams> log)
{
    private readonly LogThrottle _dropped = new(time);

    public void Dropped(int count, Exception exception)
    {
        if (_dropped.TryPass()) LogDropped(exception, count);
    }

    [LoggerMessage(1, LogLevel.Warning, "The stream provider did not take {Count} comments. They are in the log and went to the viewers.")]
    private partial void LogDropped(Exception exception, int count);
}
