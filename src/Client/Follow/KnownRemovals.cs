namespace LiveComments.Client.Follow;

/// <summary>
/// What is known of the removals of a video that is followed: all from some entry on. A page that was read before one must not bring a
/// comment back, so what is known is applied to it; a page that is older than that entry may hold what was removed unheard.
/// </summary>
internal sealed class KnownRemovals
{
    private const int Capacity = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<(CommentId Id, RemovedComments Removed)> _removals = [];
    private CommentId _from;

    /// <summary>From this entry on all is told.</summary>
    public void Begin(CommentId from)
    {
        lock (_gate) Forget(from);
    }

    /// <summary>Takes a removal; one that is known already changes nothing.</summary>
    public void Add(CommentId id, RemovedComments removed)
    {
        lock (_gate)
        {
            if (!_removals.Any(known => known.Id == id)) Keep(id, removed);
        }
    }

    /// <summary>What was removed in a gap is known in part.</summary>
    public void Skip(GapEvent gap)
    {
        lock (_gate)
        {
            if (gap.Removed.Count > 0) Keep(gap.After, new(gap.Removed));
            Forget(gap.Before);
        }
    }

    /// <summary>Whether a comment is known to be removed.</summary>
    public bool Include(Comment comment)
    {
        lock (_gate) return _removals.Any(known => known.Removed.Include(comment));
    }

    /// <summary>A page without what is known to be removed; null if it is too old for that.</summary>
    public CommentPage? Apply(CommentPage page)
    {
        lock (_gate)
        {
            if (page.AsOf < _from) return null;
            return _removals.Count == 0 ? page : page with { Comments = [.. page.Comments.Where(comment => !Include(comment))] };
        }
    }

    private void Keep(CommentId id, RemovedComments removed)
    {
        _removals.Enqueue((id, removed));
        if (_removals.Count > Capacity) Forget(_removals.Dequeue().Id);
    }

    private void Forget(CommentId upTo)
    {
        if (upTo > _from) _from = upTo;
    }
}
