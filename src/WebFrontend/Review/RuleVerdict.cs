namespace LiveComments.WebFrontend.Review;

/// <summary>What becomes of a comment that a rule matches.</summary>
public enum RuleVerdict
{
    /// <summary>A moderator sees it first.</summary>
    Hold,

    /// <summary>It is refused.</summary>
    Refuse,
}
