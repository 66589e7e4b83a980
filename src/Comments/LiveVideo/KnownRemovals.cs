namespace LiveComments;

/// <summary>
/// The last removals of one video: what is read from elsewhere may be older than they are, and a gap must name those that it skips. Not
/// safe for use by several threads.
/// </summary>
/// <param name="start">All removals after this entry will be added.</param>
/// <param name="before">The last removal up to it; null if that is not known.</param>
public sealed class KnownRemovals(CommentId start, CommentId? before)
{
    /// <summary>The most ids that <see cref="RemovedBetween"/> names.</summary>
    public const int MostNamed = 200;

    private const int Capacity = 1_000;

    // Most videos have none.
    private readonly Queue<Removal> _removals = new(0);
    private readonly HashSet<CommentId> _named = [];
    private int _ranges;
    private CommentId _floor = start;
    private CommentId? _before = before;

    /// <summary>Adds the next removal.</summary>
    public void Add(Removal removal)
    {
        if (_removals.Count == Capacity) Forget();
        _removals.Enqueue(removal);
        if (removal.Removed.Ids is { } ids) _named.UnionWith(ids);
        else _ranges++;
    }

    /// <summary>Takes note that removals up to an entry have not come: they are not known any more.</summary>
    public void Skip(CommentId last)
    {
        _removals.Clear();
        _named.Clear();
        (_ranges, _floor, _before) = (0, last, null);
    }

    /// <summary>A page without what is known to be removed; null if it is too old for that: it must be read again.</summary>
    public CommentPage? Apply(CommentPage page)
    {
        if (!IsKnownAfter(page.AsOf)) return null;
        return _removals.Count == 0 || !page.Comments.Any(Include)
            ? page
            : page with { Comments = [.. page.Comments.Where(comment => !Include(comment))] };
    }

    /// <summary>
    /// What somebody who has had all entries up to <paramref name="after"/> must forget before going on from <paramref name="before"/>:
    /// the ids of <see cref="MostNamed"/> comments at most; null = anything may have been removed. Removals from there up to
    /// <paramref name="last"/> come by themselves; those after that were told before their places and hold already.
    /// </summary>
    public IReadOnlyList<CommentId>? RemovedBetween(CommentId after, CommentId before, CommentId last)
    {
        if (!IsKnownAfter(after)) return null;
        var removed = new List<CommentId>();
        foreach (var removal in _removals)
        {
            if (removal.Id <= after || (removal.Id >= before && removal.Id <= last)) continue;
            if (removal.Removed.Ids is { } ids) removed.AddRange(ids.Where(id => id <= after));
            else if (removal.Removed.From <= after) return null;
            if (removed.Count > MostNamed) return null;
        }

        return removed;
    }

    /// <summary>Whether a comment is among those that are known to be removed.</summary>
    public bool Include(Comment comment) =>
        _named.Contains(comment.Id)
        || (_ranges > 0 && _removals.Any(removal => removal.Removed.Ids is null && removal.Removed.Include(comment)));

    /// <summary>Whether all removals after an entry are known.</summary>
    private bool IsKnownAfter(CommentId entry) => entry >= _floor || _before <= entry;

    private void Forget()
    {
        var oldest = _removals.Dequeue();
        (_floor, _before) = (oldest.Id, oldest.Id);
        if (oldest.Removed.Ids is { } ids) _named.ExceptWith(ids);
        else _ranges--;
    }
}
