namespace LiveComments;

/// <summary>The last comments of one video: every one above <see cref="Floor"/>, up to a capacity.</summary>
internal sealed class RecentComments(int capacity, CommentId floor)
{
    // Grows only as comments come: most videos have few, and an idle one should cost next to nothing.
    private readonly Queue<Comment> _comments = new();

    /// <summary>All comments with greater ids are here.</summary>
    public CommentId Floor { get; private set; } = floor;

    public void Add(Comment comment)
    {
        if (_comments.Count == capacity) Floor = _comments.Dequeue().Id;
        _comments.Enqueue(comment);
    }

    public Comment? Find(CommentId id) => _comments.FirstOrDefault(comment => comment.Id == id);

    /// <summary>The page that <see cref="ILiveVideos.ReadAsync"/> asks for, or null where part of it is no longer here.</summary>
    public CommentPage? TryRead(CommentId before, int limit)
    {
        var found = _comments.Reverse().SkipWhile(comment => comment.Id >= before).Take(limit + 1).ToList();
        return found.Count > limit || Floor == CommentId.None ? CommentPage.FromOneMore(found, limit) : null;
    }
}
