namespace LiveComments.WebFrontend.Review;

/// <summary>A comment that waits for the verdict of the hook.</summary>
/// <param name="Video">Its video.</param>
/// <param name="Draft">The comment.</param>
/// <param name="Since">When it began to wait, as a timestamp.</param>
internal sealed record WaitingReview(LiveVideoId Video, CommentDraft Draft, long Since)
{
    /// <summary>The id of the review. Nobody guesses it.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The verdict.</summary>
    public TaskCompletionSource<ReviewVerdict> Verdict { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
