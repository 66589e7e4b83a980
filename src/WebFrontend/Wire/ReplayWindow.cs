namespace LiveComments.WebFrontend.Wire;

/// <summary>The comments of a stretch of time, oldest first, as somebody sees them who watches a recording.</summary>
/// <param name="Comments">Those that were not removed.</param>
/// <param name="NextCursor">Where older comments of this stretch go on; null if all are here.</param>
/// <param name="Complete">Whether nothing can be added to the stretch any more; comments of it may still be removed.</param>
internal sealed record ReplayWindow(
    IReadOnlyList<Comment> Comments,
    CommentId? NextCursor,
    bool Complete);
