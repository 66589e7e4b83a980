namespace LiveComments;

/// <summary>Answers posts whose key was used before, with the comment that it was used for. The log may have to be read for that.</summary>
internal sealed class RepeatedPosts(LiveVideoId id, ICommentStore store, OwnedLog owned, CommentMetrics metrics, LiveVideoLog? log)
{
    /// <summary>Answers a post.</summary>
    /// <param name="post">The post.</param>
    /// <param name="first">The comment that its key was used for.</param>
    public async Task AnswerAsync(PendingPost post, CommentId first)
    {
        var outcome = await FindAsync(post.Draft, first);
        metrics.Refused(outcome.Status);
        post.Outcome.SetResult(outcome);
    }

    private bool IsSame(Comment comment, CommentDraft draft) => id.HoldsHeldComments
        ? HeldComment.Of(comment).Says(draft)
        : (comment.Author, comment.Message, comment.ReplyTo, comment.Announcement)
            == (draft.Author, draft.Message, draft.ReplyTo, draft.Identity is { Announces: true });

    private async Task<PostOutcome> FindAsync(CommentDraft draft, CommentId first)
    {
        try
        {
            var comment = owned.Recent.Find(first) ?? (await store.FindAsync(id, first)).Comment;
            // Who guesses or reuses a key must not be told that this post is published. One whose comment was removed is not posted again.
            return comment is not null && IsSame(comment, draft)
                ? new(PostStatus.Repeated, comment)
                : new(PostStatus.KeyReused);
        }
        catch (CommentsUnavailableException)
        {
            return new(PostStatus.Unavailable);
        }
        catch (Exception unexpected)
        {
            // A defect in a store may cost this post its answer, but must not leave it waiting.
            log?.Failed(id, unexpected);
            return new(PostStatus.Unavailable);
        }
    }
}
