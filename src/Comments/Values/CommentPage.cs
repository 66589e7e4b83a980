using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>A stretch of a video's history, newest first, without a hole in it. Comments that were removed are not in it.</summary>
/// <param name="Comments">The comments, each older than the one before it.</param>
/// <param name="NextCursor">Where the next page begins (exclusive); null if this one reaches the first comment that there is.</param>
/// <param name="Expired">
/// Whether this one reaches the first comment that there is, and older ones were removed because of their age. As JSON it is left out where
/// it is not so.
/// </param>
public sealed record CommentPage(
    IReadOnlyList<Comment> Comments,
    CommentId? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Expired = false)
{
    /// <summary>
    /// An entry of the video's log: every removal up to it was applied to this page. Whoever knows of later ones applies them.
    /// </summary>
    public CommentId AsOf { get; init; }

    /// <summary>
    /// The removals of this stretch, newest first: those with ids from the next cursor on and below where the page begins. Null where
    /// nobody asked for them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Removal>? Removals { get; init; }

    /// <summary>The last removal in the log, "0" if there is none; null where nobody asked for removals.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CommentId? LastRemoval { get; init; }

    /// <summary>The newest entry of the stretch that streams tell of; <see cref="CommentId.None"/> if it has none.</summary>
    [JsonIgnore]
    public CommentId LastEntry
    {
        get
        {
            var last = Comments is [var comment, ..] ? comment.Id : CommentId.None;
            return Removals?.FirstOrDefault(removal => !removal.Removed.AreNone) is { } told && told.Id > last ? told.Id : last;
        }
    }

    /// <summary>
    /// Makes a page of at most <paramref name="limit"/> comments from what was found when one more was asked for: the one
    /// too many tells that there is a next page.
    /// </summary>
    public static CommentPage FromOneMore(LogStretch found, int limit)
    {
        var comments = found.Comments;
        CommentId? next = found.Start == CommentId.None ? null : found.Start;
        if (comments.Count > limit)
        {
            next = comments[limit - 1].Id;
            comments = [.. comments.Take(limit)];
        }

        var removals = next is { } start ? [.. found.Removals.TakeWhile(removal => removal.Id >= start)] : found.Removals;
        return new(comments, next) { AsOf = found.AsOf, Removals = removals, LastRemoval = found.LastRemoval };
    }
}
