namespace LiveComments;

/// <summary>
/// The last comments of one video: every one above <see cref="Floor"/>, up to a capacity. Not safe for use by several threads.
/// </summary>
/// <param name="capacity">The most that are kept, at least 1.</param>
/// <param name="floor">Where it begins: all comments with greater ids will be added.</param>
public sealed class RecentComments(int capacity, CommentId floor)
{
    // Grows only as comments come: most videos have few, and an idle one should cost next to nothing.
    private readonly Queue<Comment> _comments = new();

    /// <summary>All comments with greater ids are here.</summary>
    public CommentId Floor { get; private set; } = floor;

    /// <summary>Adds the next comment, whose id is greater than all before.</summary>
    public void Add(Comment comment)
    {
        if (_comments.Count == capacity) Floor = _comments.Dequeue().Id;
        _comments.Enqueue(comment);
    }

    /// <summary>The comment of this id, or null where it is not here.</summary>
    public Comment? Find(CommentId id) => _comments.FirstOrDefault(comment => comment.Id == id);

    /// <summary>
    /// The page that <see cref="ILiveVideoReader.ReadAsync"/> asks for, or null where part of it is no longer here.
    /// </summary>
    public CommentPage? TryRead(CommentId before, int limit)
    {
        var found = Below(before).Take(limit + 1).ToList();
        return found.Count > limit || Floor == CommentId.None ? CommentPage.FromOneMore(found, limit) : null;
    }

    /// <summary>As much of that page as is here, or null where nothing of it is.</summary>
    public CommentPage? TryReadPart(CommentId before, int limit)
    {
        if (TryRead(before, limit) is { } page) return page;
        var found = Below(before).Take(limit).ToList();
        return found.Count == 0 ? null : new(found, found[^1].Id);
    }

    private IEnumerable<Comment> Below(CommentId before) => _comments.Reverse().SkipWhile(comment => comment.Id >= before);
}
