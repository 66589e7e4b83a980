namespace LiveComments;

/// <summary>What one append writes, and for whom.</summary>
internal sealed class PendingAppend
{
    private readonly Dictionary<IdempotencyKey, CommentId> _newKeys = [];

    private PendingAppend(int capacity) => (Entries, Posts) = (new(capacity), new(capacity));

    /// <summary>The new comments, with their ids.</summary>
    public List<LogEntry> Entries { get; }

    /// <summary>Their posts, in the same order.</summary>
    public List<PendingPost> Posts { get; }

    /// <summary>Posts that repeat an earlier one, with the comment that it became.</summary>
    public List<(PendingPost Post, CommentId First)> Repeats { get; } = [];

    /// <summary>Gives the new comments their ids, and finds out which posts repeat an earlier one.</summary>
    /// <param name="id">The video.</param>
    /// <param name="posts">The posts, in their order.</param>
    /// <param name="last">The last comment in the log.</param>
    /// <param name="keys">The keys that are known.</param>
    /// <param name="now">The time.</param>
    public static PendingAppend Number(LiveVideoId id, List<PendingPost> posts, CommentId last, KnownKeys keys, DateTimeOffset now)
    {
        keys.Forget(now);
        var append = new PendingAppend(posts.Count);
        foreach (var post in posts)
        {
            if (post.Draft.Key is { } key && (keys.TryGet(key, out var first) || append._newKeys.TryGetValue(key, out first)))
            {
                append.Repeats.Add((post, first));
                continue;
            }

            last = last.Next(now);
            if (post.Draft.Key is { } newKey) append._newKeys.Add(newKey, last);
            append.Entries.Add(new(new(last, id, post.Draft.Author, post.Draft.Message), post.Draft.Key));
            append.Posts.Add(post);
        }

        return append;
    }

    /// <summary>Answers the posts whose comments are durable.</summary>
    public void Answer()
    {
        for (var i = 0; i < Posts.Count; i++) Posts[i].Outcome.SetResult(new(PostStatus.Accepted, Entries[i].Comment));
    }
}
