namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// Logs comments that feeds have missed and cannot read yet: at most once in 30 seconds, for it may happen to all videos together.
/// </summary>
internal sealed partial class FeedLog(TimeProvider time, ILogger<CommentFeed> log)
{
    private readonly LogThrottle _notRead = new(time);

    public void NotRead(LiveVideoId video, Exception exception)
    {
        if (_notRead.TryPass()) LogNotRead(exception, video);
    }

    [LoggerMessage(1, LogLevel.Warning,
        "Missed comments of {Video} cannot be read yet. Its viewers wait for them; the read is repeated each second.")]
    private partial void LogNotRead(Exception exception, LiveVideoId video);
}
