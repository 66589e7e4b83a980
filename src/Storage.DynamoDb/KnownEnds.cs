namespace LiveComments.Storage.DynamoDb;

/// <summary>
/// Where logs were last seen to end. It keeps a bounded number, and may forget any. That a log once ended somewhere stays true, so these are
/// never outdated. Safe for use by many threads at once.
/// </summary>
internal sealed class KnownEnds
{
    private readonly End?[] _ends = new End?[65_536];

    public bool Contains(LiveVideoId liveVideoId, CommentId last) =>
        Volatile.Read(ref Slot(liveVideoId)) is { } end && end.LiveVideoId == liveVideoId && end.Last == last;

    public void Add(LiveVideoId liveVideoId, CommentId last) => Volatile.Write(ref Slot(liveVideoId), new(liveVideoId, last));

    private ref End? Slot(LiveVideoId liveVideoId) => ref _ends[(uint)liveVideoId.GetHashCode() % _ends.Length];

    private sealed record End(LiveVideoId LiveVideoId, CommentId Last);
}
