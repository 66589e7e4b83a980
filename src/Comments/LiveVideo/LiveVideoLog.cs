using Microsoft.Extensions.Logging;

namespace LiveComments;

/// <summary>
/// Logs what is unusual about live videos. Each kind of line is written at most once in 30 seconds: if a store fails, or owners change, it
/// happens to thousands of videos together.
/// </summary>
public sealed partial class LiveVideoLog(TimeProvider time, ILogger<LiveVideo> log)
{
    private readonly LogThrottle _steppedDown = new(time);
    private readonly LogThrottle _storeFailed = new(time);
    private readonly LogThrottle _ahead = new(time);
    private readonly LogThrottle _failed = new(time);
    private readonly LogThrottle _siteBansUnread = new(time);
    private readonly LogThrottle _checkFailed = new(time);
    private readonly LogThrottle _erasuresUnread = new(time);
    private readonly LogThrottle _erasureDelayed = new(time);

    internal void SteppedDown(LiveVideoId video)
    {
        if (_steppedDown.TryPass()) LogSteppedDown(video);
    }

    internal void StoreFailed(LiveVideoId video, Exception exception)
    {
        if (_storeFailed.TryPass()) LogStoreFailed(video, exception.Message);
    }

    internal void Ahead(LiveVideoId video, CommentId last)
    {
        if (_ahead.TryPass()) LogAhead(video, last.CreatedAt);
    }

    internal void Failed(LiveVideoId video, Exception exception)
    {
        if (_failed.TryPass()) LogFailed(exception, video);
    }

    internal void SiteBansUnread(Exception exception)
    {
        if (_siteBansUnread.TryPass()) LogSiteBansUnread(Defect(exception), exception.Message);
    }

    internal void CheckFailed(LiveVideoId video, Exception exception)
    {
        if (_checkFailed.TryPass()) LogCheckFailed(exception, video);
    }

    internal void ErasuresUnread(Exception exception)
    {
        if (_erasuresUnread.TryPass()) LogErasuresUnread(Defect(exception), exception.Message);
    }

    internal void ErasureDelayed(AuthorId author, Exception exception)
    {
        if (_erasureDelayed.TryPass()) LogErasureDelayed(Defect(exception), author, exception.Message);
    }

    // What is said in full of a store that failed, and what needs its stack.
    private static Exception? Defect(Exception exception) => exception is CommentsUnavailableException ? null : exception;

    [LoggerMessage(1, LogLevel.Warning,
        "Another owner has written to the log of {Video}. This one has stepped down and reads the log again.")]
    private partial void LogSteppedDown(LiveVideoId video);

    [LoggerMessage(2, LogLevel.Warning, "The store did not take comments of {Video}: {Reason} Their posters were told to try again.")]
    private partial void LogStoreFailed(LiveVideoId video, string reason);

    [LoggerMessage(3, LogLevel.Error, "Posts to {Video} failed unexpectedly.")]
    private partial void LogFailed(Exception exception, LiveVideoId video);

    [LoggerMessage(4, LogLevel.Warning,
        "The last comment of {Video} is dated {Last:O}, ahead of the clock: one of both clocks was wrong. "
        + "New comments carry that time until the clock has reached it.")]
    private partial void LogAhead(LiveVideoId video, DateTimeOffset last);

    [LoggerMessage(5, LogLevel.Warning,
        "Site-wide bans cannot be read ({Reason}). Those that were read before hold; they are read again in a second.")]
    private partial void LogSiteBansUnread(Exception? exception, string reason);

    [LoggerMessage(6, LogLevel.Warning, "The log of erasures cannot be read or written ({Reason}). It is tried again in a second.")]
    private partial void LogErasuresUnread(Exception? exception, string reason);

    [LoggerMessage(7, LogLevel.Warning,
        "A part of what {Author} wrote cannot be erased just now ({Reason}). The erasure goes on with other videos, and tries it again.")]
    private partial void LogErasureDelayed(Exception? exception, AuthorId author, string reason);

    [LoggerMessage(8, LogLevel.Information, "The erasure of {Author} is taken over: nothing was heard of it for a while.")]
    internal partial void ErasureTakenOver(AuthorId author);

    [LoggerMessage(9, LogLevel.Information, "The erasure of {Author} is done: {Removed} comments were removed, and {Videos} videos looked through.")]
    internal partial void ErasureDone(AuthorId author, long removed, int? videos);

    [LoggerMessage(10, LogLevel.Error,
        "The look whether another owner has written to the log of {Video} failed unexpectedly. It is repeated.")]
    private partial void LogCheckFailed(Exception exception, LiveVideoId video);
}
