namespace LiveComments.WebFrontend.Review;

/// <summary>Says what is wrong with the review of posts: now and then, and not for each post.</summary>
internal sealed partial class ReviewLog(TimeProvider time, ILogger<ReviewLog> log)
{
    private readonly LogThrottle _words = new(time);
    private readonly LogThrottle _failures = new(time);

    /// <summary>Notes that the list of words was read again.</summary>
    [LoggerMessage(1, LogLevel.Information, "The list of words was read again; it has {Count} words.")]
    public partial void WordsRead(int count);

    /// <summary>Notes that the list of words could not be read again.</summary>
    public void WordsWrong(string reason)
    {
        if (_words.TryPass()) LogWordsWrong(reason);
    }

    /// <summary>Notes that the hook gave no verdict.</summary>
    public void HookFailed(string reason)
    {
        if (_failures.TryPass()) LogHookFailed(reason);
    }

    /// <summary>Notes that the hook is not asked any more.</summary>
    [LoggerMessage(4, LogLevel.Warning, "The review hook fails again and again, and is not asked for {Seconds} s. Moderation:Hook:Failed decides.")]
    public partial void CircuitOpened(double seconds);

    /// <summary>Notes that the hook is asked again.</summary>
    [LoggerMessage(5, LogLevel.Information, "The review hook answers again.")]
    public partial void CircuitClosed();

    [LoggerMessage(2, LogLevel.Warning, "The list of words cannot be read again: {Reason} The last one serves.")]
    private partial void LogWordsWrong(string reason);

    [LoggerMessage(3, LogLevel.Warning, "The review hook gave no verdict: {Reason} Moderation:Hook:Failed decides.")]
    private partial void LogHookFailed(string reason);
}
