namespace LiveComments.WebFrontend.Review;

/// <summary>Reviews posts by asking somebody, which takes time.</summary>
internal interface IReviewer
{
    /// <summary>What is said of a post. It comes in bounded time and never fails: a reviewer that cannot tell has a verdict for that.</summary>
    ValueTask<ReviewVerdict> ReviewAsync(LiveVideoId video, CommentDraft draft);
}
