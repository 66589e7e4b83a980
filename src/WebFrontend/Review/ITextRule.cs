namespace LiveComments.WebFrontend.Review;

/// <summary>A rule that judges a post by its text, at once.</summary>
internal interface ITextRule
{
    /// <summary>What the rule says of a post; null if it does not match.</summary>
    ReviewVerdict? Judge(CommentDraft draft);
}
