namespace LiveComments.Storage.Sqlite;

/// <summary>An append on its way into the next transaction.</summary>
internal sealed record WaitingAppend(LiveVideoId LiveVideoId, CommentId ExpectedLast, IReadOnlyList<LogEntry> Entries)
{
    public TaskCompletionSource<AppendResult> Result { get; } = new();
}
