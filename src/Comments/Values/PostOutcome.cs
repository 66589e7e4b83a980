namespace LiveComments;

/// <summary>How a post ended.</summary>
public enum PostStatus
{
    /// <summary>The comment is durable and on its way to the viewers.</summary>
    Accepted,

    /// <summary>The same key was posted before; the outcome holds that first comment and nothing was published.</summary>
    Repeated,

    /// <summary>The store did not take it. It was not acknowledged and may be tried again.</summary>
    Unavailable,

    /// <summary>Too many posts are waiting already. It may be tried again.</summary>
    Overloaded,

    /// <summary>The key was posted before with another author, message or parent; nothing was published.</summary>
    KeyReused,

    /// <summary>The video gets comments faster than it may. It may be tried again.</summary>
    TooFast,

    /// <summary>The author posts to the video faster than one person may. It may be tried again.</summary>
    PersonTooFast,

    /// <summary>The author's name, or one that looks like it, is that of a signed-in person who has written to the video.</summary>
    NameTaken,

    /// <summary>The author is banned; the outcome says until when, and why.</summary>
    Banned,

    /// <summary>The author has posted a moment ago; the outcome says how long to wait (<see cref="VideoSettings.SlowSeconds"/>).</summary>
    SlowMode,

    /// <summary>Only who is signed in may post (<see cref="MayPost.SignedIn"/>).</summary>
    SignInRequired,

    /// <summary>Only moderators may post (<see cref="MayPost.Moderators"/>).</summary>
    ModeratorsOnly,

    /// <summary>Nobody may post (<see cref="MayPost.Nobody"/>).</summary>
    NobodyMayPost,

    /// <summary>
    /// The author has no token, or has not been a guest for long enough: the outcome says from when on (<see cref="MayPost.Established"/>).
    /// </summary>
    NotEstablished,

    /// <summary>The author has posted the same text a moment ago (<see cref="VideoSettings.UniqueSeconds"/>).</summary>
    RepeatedMessage,

    /// <summary>The message has a link (<see cref="LinkRule.Refuse"/>).</summary>
    NoLinks,

    /// <summary>The video can be read alone (<see cref="VideoState.ReadOnly"/>).</summary>
    ReadOnly,

    /// <summary>The video is over (<see cref="VideoState.Ended"/>).</summary>
    Ended,

    /// <summary>A moderator is to see it first; the outcome says why. Nothing was published, nor is it kept yet.</summary>
    ToBeHeld,

    /// <summary>A review has refused it; the outcome says why.</summary>
    RefusedByReview,

    /// <summary>It answers a comment of an id that the video has not given yet (<see cref="CommentDraft.ReplyTo"/>).</summary>
    NoSuchParent,
}

/// <summary>The answer to a post.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Comment">The comment if it was accepted or repeated; otherwise null.</param>
/// <param name="Ban">The author's ban if it was refused for that; otherwise null.</param>
/// <param name="Wait">How long the author has to wait, where the video is in slow mode; otherwise null.</param>
/// <param name="At">From when on the author may post, where a guest is too new; otherwise null.</param>
/// <param name="HoldReason">Why a moderator is to see it first, if so; otherwise null.</param>
/// <param name="RefuseReason">Why a review has refused it, if one has; otherwise null.</param>
public readonly record struct PostOutcome(
    PostStatus Status, Comment? Comment = null, Ban? Ban = null, TimeSpan? Wait = null, DateTimeOffset? At = null,
    string? HoldReason = null, string? RefuseReason = null);
