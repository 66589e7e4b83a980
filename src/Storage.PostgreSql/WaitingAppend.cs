namespace LiveComments.Storage.PostgreSql;

/// <summary>Entries of one log on their way into the next statement.</summary>
internal sealed class WaitingAppend(LiveVideoId log, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
{
    private readonly TaskCompletionSource<AppendResult> _result = new();

    /// <summary>The log.</summary>
    public LiveVideoId Log => log;

    /// <summary>Where it is expected to end.</summary>
    public CommentId ExpectedLast => expectedLast;

    /// <summary>What is appended.</summary>
    public IReadOnlyList<LogEntry> Entries => entries;

    /// <summary>How it ended.</summary>
    public Task<AppendResult> Result => _result.Task;

    /// <summary>Whether it is in the database; set before <see cref="Complete"/>.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Tells who waits how it ended: if it is written, it is durable.</summary>
    public void Complete() => _result.SetResult(IsWritten ? AppendResult.Appended : AppendResult.Conflict);

    /// <summary>Tells who waits that it failed.</summary>
    public void Fail(CommentsUnavailableException exception) => _result.SetException(exception);
}
