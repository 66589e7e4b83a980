namespace LiveComments.Storage.DynamoDb;

/// <summary>
/// Where logs were last seen to end, and their last removals then. It keeps a bounded number, and may forget any. That a log once ended
/// somewhere stays true, and so does what came before, so these are never outdated. Safe for use by many threads at once.
/// </summary>
internal sealed class KnownEnds
{
    private readonly End?[] _ends = new End?[65_536];

    /// <summary>The last removal in a log that ends with <paramref name="last"/>; null if it was not seen to end there.</summary>
    public CommentId? LastRemovalAt(LiveVideoId liveVideoId, CommentId last) =>
        Volatile.Read(ref Slot(liveVideoId)) is { } end && end.LiveVideoId == liveVideoId && end.Last == last ? end.LastRemoval : null;

    public void Add(LiveVideoId liveVideoId, CommentId last, CommentId lastRemoval) =>
        Volatile.Write(ref Slot(liveVideoId), new(liveVideoId, last, lastRemoval));

    private ref End? Slot(LiveVideoId liveVideoId) => ref _ends[(uint)liveVideoId.GetHashCode() % _ends.Length];

    private sealed record End(LiveVideoId LiveVideoId, CommentId Last, CommentId LastRemoval);
}
