namespace LiveComments;

/// <summary>
/// The last entries of one video's log: every comment above <see cref="Floor"/> that was not removed, and every removal, up to a capacity
/// of each. Not safe for use by several threads.
/// </summary>
/// <param name="capacity">The most comments that are kept, at least 1.</param>
/// <param name="floor">Where it begins: all entries with greater ids will be added.</param>
public sealed class RecentComments(int capacity, CommentId floor)
{
    // Grows only as comments come: most videos have few, and an idle one should cost next to nothing.
    private Queue<Comment> _comments = new();
    private Queue<Removal>? _removals;

    /// <summary>All entries with greater ids are here, but for comments that were removed.</summary>
    public CommentId Floor { get; private set; } = floor;

    /// <summary>Adds the next comment, whose id is greater than all before.</summary>
    public void Add(Comment comment)
    {
        if (_comments.Count == capacity) RaiseFloor(_comments.Peek().Id);
        _comments.Enqueue(comment);
    }

    /// <summary>Adds the next removal, and drops the comments that it takes back.</summary>
    public void Add(Removal removal)
    {
        Drop(removal.Removed);
        _removals ??= new();
        if (_removals.Count == LogStretch.MostRemovals) RaiseFloor(_removals.Peek().Id);
        _removals.Enqueue(removal);
    }

    /// <summary>Drops comments.</summary>
    public void Drop(RemovedComments removed)
    {
        if (_comments.Any(removed.Include)) _comments = new(_comments.Where(comment => !removed.Include(comment)));
    }

    /// <summary>The comment of this id, or null if it is not here.</summary>
    public Comment? Find(CommentId id) => _comments.FirstOrDefault(comment => comment.Id == id);

    /// <summary>
    /// The page that <see cref="ILiveVideoReader.ReadAsync"/> asks for, or null if part of it is no longer here.
    /// </summary>
    public CommentPage? TryRead(CommentId before, int limit)
    {
        var found = Below(before).Take(limit + 1).ToList();
        return found.Count > limit || Floor == CommentId.None ? Page(found, before, limit) : null;
    }

    /// <summary>As much of that page as is here, or null if nothing of it is.</summary>
    public CommentPage? TryReadPart(CommentId before, int limit)
    {
        if (TryRead(before, limit) is { } page) return page;
        var found = Below(before).Take(limit).ToList();
        return found.Count == 0 ? null : Page(found, before, limit) with { NextCursor = found[^1].Id };
    }

    private CommentPage Page(List<Comment> found, CommentId before, int limit)
    {
        IReadOnlyList<Removal> removals = _removals is null ? [] : [.. _removals.Reverse().SkipWhile(removal => removal.Id >= before)];
        return CommentPage.FromOneMore(LogStretch.Of(found, limit + 1, removals, CommentId.None, CommentId.None), limit);
    }

    private void RaiseFloor(CommentId floor)
    {
        Floor = floor;
        while (_comments.TryPeek(out var comment) && comment.Id <= floor) _comments.Dequeue();
        while (_removals is not null && _removals.TryPeek(out var removal) && removal.Id <= floor) _removals.Dequeue();
    }

    private IEnumerable<Comment> Below(CommentId before) => _comments.Reverse().SkipWhile(comment => comment.Id >= before);
}
