namespace LiveComments.Client;

/// <summary>A page of the history of a live video.</summary>
/// <param name="Comments">The comments, newest first. There may be fewer than were asked for, or none, although older ones follow.</param>
/// <param name="NextCursor">Where the next page begins; null if there are no older comments.</param>
/// <param name="AsOf">
/// The entry up to which the page is true. Follow from here (<c>resume: page.AsOf</c>): then nothing is missed, comments or removals.
/// </param>
/// <param name="Expired">Whether the page ends because older comments are no longer kept.</param>
public sealed record CommentPage(
    IReadOnlyList<Comment> Comments, CommentId? NextCursor = null, CommentId AsOf = default, bool Expired = false);
