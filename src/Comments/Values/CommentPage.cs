namespace LiveComments;

/// <summary>A stretch of a video's history, newest first, without a hole in it.</summary>
/// <param name="Comments">The comments, each older than the one before it.</param>
/// <param name="NextCursor">Where the next page begins (exclusive); null where this one reaches the first comment.</param>
public sealed record CommentPage(IReadOnlyList<Comment> Comments, CommentId? NextCursor)
{
    /// <summary>
    /// Makes a page of at most <paramref name="limit"/> comments from what was found when one more was asked for: the one
    /// too many tells that there is a next page.
    /// </summary>
    public static CommentPage FromOneMore(IReadOnlyList<Comment> found, int limit) =>
        found.Count <= limit ? new(found, null) : new([.. found.Take(limit)], found[limit - 1].Id);
}
