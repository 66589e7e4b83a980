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

    /// <summary>The key was posted before with another author or message; nothing was published.</summary>
    KeyReused,

    /// <summary>The video gets comments faster than it may. It may be tried again.</summary>
    TooFast,

    /// <summary>The author posts to the video faster than one person may. It may be tried again.</summary>
    PersonTooFast,

    /// <summary>The author's name, or one that looks like it, is that of a signed-in person who has written to the video.</summary>
    NameTaken,

    /// <summary>The author is banned; the outcome says until when, and why.</summary>
    Banned,
}

/// <summary>The answer to a post.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Comment">The comment if it was accepted or repeated; otherwise null.</param>
/// <param name="Ban">The author's ban if it was refused for that; otherwise null.</param>
public readonly record struct PostOutcome(PostStatus Status, Comment? Comment = null, Ban? Ban = null);
