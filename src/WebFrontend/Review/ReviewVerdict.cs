namespace LiveComments.WebFrontend.Review;

/// <summary>What is to become of a post.</summary>
internal enum ReviewAction
{
    /// <summary>It is published.</summary>
    Publish,

    /// <summary>A moderator sees it first.</summary>
    Hold,

    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It is published with another message.</summary>
    Replace,
}

/// <summary>What a review says of a post.</summary>
/// <param name="Action">What is to become of it.</param>
/// <param name="Reason">Why, a word or two in lower case; empty where it is published.</param>
/// <param name="Message">The other message, where it is replaced; not checked yet.</param>
/// <param name="Word">The word that was found, where a list of words says so; moderators alone are told.</param>
internal readonly record struct ReviewVerdict(ReviewAction Action, string Reason = "", string? Message = null, string? Word = null)
{
    /// <summary>Nothing stands against it.</summary>
    public static ReviewVerdict Publish => default;

    /// <summary>What a rule says of a post that it matches.</summary>
    public static ReviewVerdict Of(RuleVerdict verdict, string reason) =>
        new(verdict == RuleVerdict.Refuse ? ReviewAction.Refuse : ReviewAction.Hold, reason);
}
