namespace LiveComments.Storage.Sqlite;

/// <summary>Something on its way into the next transaction.</summary>
internal abstract class WaitingWrite(LiveVideoId liveVideoId)
{
    /// <summary>The video whose log it is for.</summary>
    public LiveVideoId LiveVideoId => liveVideoId;

    /// <summary>How many rows it writes.</summary>
    public abstract int Rows { get; }

    /// <summary>Whether it makes the comments take more room. A decision keeps or takes some away.</summary>
    public abstract bool AddsComments { get; }

    /// <summary>Writes it; nobody is told yet.</summary>
    public abstract void Run(LogWriter writer);

    /// <summary>Tells who waits that it is durable.</summary>
    public abstract void Complete();

    /// <summary>Tells who waits that it failed.</summary>
    public abstract void Fail(CommentsUnavailableException exception);
}

/// <summary>Entries to be appended.</summary>
internal sealed class WaitingAppend(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    : WaitingWrite(liveVideoId)
{
    private readonly TaskCompletionSource<AppendResult> _result = new();
    private AppendResult _written;

    /// <summary>How it ended.</summary>
    public Task<AppendResult> Result => _result.Task;

    public override int Rows => entries.Count;

    public override bool AddsComments => entries[0].Comment is not null && (!LiveVideoId.HoldsDecisions || LiveVideoId.HoldsHeldComments);

    public override void Run(LogWriter writer) => _written = writer.Append(LiveVideoId, expectedLast, entries);

    public override void Complete() => _result.SetResult(_written);

    public override void Fail(CommentsUnavailableException exception) => _result.SetException(exception);
}

/// <summary>Comments to be erased.</summary>
internal sealed class WaitingErasure(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal)
    : WaitingWrite(liveVideoId)
{
    private readonly TaskCompletionSource _result = new();

    /// <summary>Completes when they are gone.</summary>
    public Task Result => _result.Task;

    public override int Rows => comments.Count;

    public override bool AddsComments => false;

    public override void Run(LogWriter writer) => writer.Erase(LiveVideoId, comments, removal);

    public override void Complete() => _result.SetResult();

    public override void Fail(CommentsUnavailableException exception) => _result.SetException(exception);
}
