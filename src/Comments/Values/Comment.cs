namespace LiveComments;

/// <summary>One comment as it stands in the log of its live video. It never changes.</summary>
/// <param name="Id">Its place in the log.</param>
/// <param name="LiveVideoId">The video that it belongs to.</param>
/// <param name="Author">Who wrote it: 1 to 50 characters.</param>
/// <param name="Message">What it says: 1 to 500 characters.</param>
public sealed record Comment(CommentId Id, LiveVideoId LiveVideoId, string Author, string Message)
{
    /// <summary>When the owner of the video took it, in UTC, to the millisecond; carried by <see cref="Id"/>.</summary>
    public DateTimeOffset CreatedAt => Id.CreatedAt;
}
