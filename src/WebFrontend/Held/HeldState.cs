namespace LiveComments.WebFrontend.Held;

/// <summary>What became of a held comment.</summary>
internal enum HeldStatus
{
    /// <summary>It waits for a moderator.</summary>
    Held,

    /// <summary>It is published.</summary>
    Published,

    /// <summary>A moderator has refused it.</summary>
    Refused,

    /// <summary>Nobody has decided in time.</summary>
    Expired,
}

/// <summary>A held comment, and what became of it.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Comment">The comment as long as it is kept; else null.</param>
/// <param name="Published">The id that it was published under, if it was; else null.</param>
internal readonly record struct HeldState(HeldStatus Status, HeldComment? Comment = null, CommentId? Published = null);
