namespace LiveComments;

/// <summary>A stretch of a log, newest first, without a hole in it.</summary>
/// <param name="Comments">Its comments that are not erased.</param>
/// <param name="Removals">
/// Its removals, at most <see cref="MostRemovals"/>. If there are more before the oldest of the comments that were asked for, the stretch
/// ends after so many removals, and has fewer comments.
/// </param>
/// <param name="Start">The oldest id that it reaches; <see cref="CommentId.None"/> if it reaches the beginning of the log.</param>
/// <param name="AsOf">An entry of the log: all removals up to it were applied to the comments.</param>
/// <param name="LastRemoval">The id of the log's last removal, <see cref="CommentId.None"/> if it has none.</param>
public sealed record LogStretch(
    IReadOnlyList<Comment> Comments, IReadOnlyList<Removal> Removals, CommentId Start, CommentId AsOf, CommentId LastRemoval)
{
    /// <summary>The most removals in a stretch.</summary>
    public const int MostRemovals = 1_000;

    /// <summary>A log without entries.</summary>
    public static LogStretch Empty { get; } = new([], [], CommentId.None, CommentId.None, CommentId.None);

    /// <summary>Makes a stretch from what was found, which may be more than belongs to it.</summary>
    /// <param name="comments">The comments that were asked for, newest first.</param>
    /// <param name="limit">How many were asked for; fewer reach the beginning of the log.</param>
    /// <param name="removals">
    /// The removals below the same id, newest first, as far back as the comments reach at least; those beyond
    /// <see cref="MostRemovals"/> may be left out, but for one more.
    /// </param>
    /// <param name="asOf">An entry of the log that was there before they were read.</param>
    /// <param name="lastRemoval">The log's last removal.</param>
    public static LogStretch Of(
        IReadOnlyList<Comment> comments, int limit, IReadOnlyList<Removal> removals, CommentId asOf, CommentId lastRemoval)
    {
        var start = comments.Count < limit ? CommentId.None : comments[^1].Id;
        if (removals.Count == 0) return new(comments, removals, start, asOf, lastRemoval);
        if (removals.Count > MostRemovals && removals[MostRemovals].Id > start)
        {
            start = removals[MostRemovals - 1].Id;
            comments = [.. comments.TakeWhile(comment => comment.Id > start)];
        }

        return new(comments, [.. removals.TakeWhile(removal => removal.Id >= start)], start, asOf, lastRemoval);
    }
}
