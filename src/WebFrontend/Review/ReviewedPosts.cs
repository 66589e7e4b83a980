namespace LiveComments.WebFrontend.Review;

/// <summary>A post that was reviewed, and how it ended.</summary>
/// <param name="Draft">The draft with the verdict on it; its message may be another.</param>
/// <param name="Outcome">What the owner of the video answered.</param>
internal readonly record struct ReviewedPost(CommentDraft Draft, PostOutcome Outcome);

/// <summary>Reviews posts and takes them to the owners of their videos, those of one person in their order.</summary>
internal sealed class ReviewedPosts(ILiveVideos videos, ReviewChain chain, PostOrder order)
{
    /// <summary>Posts a draft.</summary>
    public async Task<ReviewedPost> PostAsync(LiveVideoId video, CommentDraft draft)
    {
        if (!chain.TakesTime || draft.Identity is not { Id: var person } || ReviewChain.IsExempt(draft))
        {
            draft = await chain.ReviewAsync(video, draft);
            return new(draft, await videos.PostAsync(video, draft));
        }

        Task<PostOutcome> posting;
        using (var turn = order.Take(video, person))
        {
            draft = await chain.ReviewAsync(video, draft);
            await turn.Before;
            // The owner keeps the order in which it is called. Whoever comes next need not wait until this one is durable.
            posting = videos.PostAsync(video, draft);
        }

        return new(draft, await posting);
    }
}
