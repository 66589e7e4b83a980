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
}

/// <summary>The answer to a post.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Comment">The comment where it was accepted or repeated; otherwise null.</param>
public readonly record struct PostOutcome(PostStatus Status, Comment? Comment = null);
