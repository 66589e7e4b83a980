namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Reviews posts before they go to the owner of their video: first the rules of this node, then the hook. The first that does not publish
/// decides. The verdict travels on the draft, for only the owner knows whether the post repeats an earlier one, which is answered as ever.
/// </summary>
internal sealed class ReviewChain(IReadOnlyList<ITextRule> rules, IReviewer? hook, ReviewMetrics metrics)
{
    /// <summary>Whether verdicts may take time.</summary>
    public bool TakesTime => hook is not null;

    /// <summary>Reviews a post, and gives the draft with the verdict on it. Moderators and owners are exempt.</summary>
    public async ValueTask<CommentDraft> ReviewAsync(LiveVideoId video, CommentDraft draft)
    {
        if ((rules.Count == 0 && hook is null) || IsExempt(draft)) return draft;
        var verdict = Judge(draft);
        if (verdict.Action == ReviewAction.Publish && hook is not null) verdict = await hook.ReviewAsync(video, draft);
        metrics.Reviewed(verdict.Action);
        return verdict.Action switch
        {
            ReviewAction.Hold => draft.HoldFor(verdict.Reason, verdict.Word),
            ReviewAction.Refuse => draft.RefuseFor(verdict.Reason),
            // What its authors may not send nobody may put in their mouths.
            ReviewAction.Replace => draft.WithMessage(verdict.Message) ?? draft.HoldFor(verdict.Reason),
            _ => draft,
        };
    }

    /// <summary>Whether a post is not reviewed.</summary>
    public static bool IsExempt(CommentDraft draft) => draft.Identity is { Role: not AuthorRole.Viewer };

    private ReviewVerdict Judge(CommentDraft draft)
    {
        var verdict = ReviewVerdict.Publish;
        foreach (var rule in rules)
        {
            if (rule.Judge(draft) is not { } found) continue;
            // Refused is refused, also where another rule would have it held.
            if (found.Action == ReviewAction.Refuse) return found;
            if (verdict.Action == ReviewAction.Publish) verdict = found;
        }

        return verdict;
    }
}
