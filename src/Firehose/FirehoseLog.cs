namespace LiveComments.Firehose;

/// <summary>Says what is wrong with the firehose: each kind of line at most once in 30 seconds.</summary>
internal sealed partial class FirehoseLog(TimeProvider time, ILogger<FirehoseSender> log)
{
    private readonly LogThrottle _failed = new(time);
    private readonly LogThrottle _unread = new(time);
    private readonly LogThrottle _givenUp = new(time);
    private readonly LogThrottle _unwritten = new(time);

    /// <summary>A batch was not taken.</summary>
    public void Failed(int entries, string reason)
    {
        if (_failed.TryPass()) LogFailed(entries, reason);
    }

    /// <summary>Entries could not be read, or a defect made nothing of them.</summary>
    public void Unread(LiveVideoId video, Exception exception)
    {
        if (_unread.TryPass()) LogUnread(Defect(exception), video, exception.Message);
    }

    /// <summary>Entries are never sent.</summary>
    public void GivenUp(LiveVideoId video, CommentId first, CommentId last, int count)
    {
        if (_givenUp.TryPass()) LogGivenUp(count, video, first, last);
    }

    /// <summary>The list of what was not sent could not be read or written.</summary>
    public void Unwritten(Exception exception)
    {
        if (_unwritten.TryPass()) LogUnwritten(Defect(exception), exception.Message);
    }

    [LoggerMessage(2, LogLevel.Information, "The firehose's receiver takes entries again.")]
    public partial void Recovered();

    private static Exception? Defect(Exception exception) => exception is CommentsUnavailableException ? null : exception;

    [LoggerMessage(1, LogLevel.Warning,
        "The firehose's receiver did not take {Entries} entries: {Reason} They are in the log, and are sent again.")]
    private partial void LogFailed(int entries, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Entries of {Video} cannot be read for the firehose just now ({Reason}). It is tried again.")]
    private partial void LogUnread(Exception? exception, LiveVideoId video, string reason);

    [LoggerMessage(4, LogLevel.Error,
        "The firehose has given up {Count} entries of {Video}, from {First} to {Last}: the receiver has not taken them within "
        + "Firehose:GiveUpHours. They are in the log still. The metric livecomments.firehose.given_up counts all.")]
    private partial void LogGivenUp(int count, LiveVideoId video, CommentId first, CommentId last);

    [LoggerMessage(5, LogLevel.Warning,
        "The list of what the firehose has not sent cannot be read or written ({Reason}). It is tried again in a while.")]
    private partial void LogUnwritten(Exception? exception, string reason);

    [LoggerMessage(6, LogLevel.Information, "The firehose goes on with {Count} logs that another process has left.")]
    public partial void TakenOver(int count);
}
