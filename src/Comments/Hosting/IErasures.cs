namespace LiveComments;

/// <summary>The erasures of people on all videos of the site. Safe for use by many threads at once.</summary>
public interface IErasures
{
    /// <summary>
    /// Asks for the removal of all that somebody has written; completes when that is durable. It is done in the background, until it is
    /// done, whatever fails meanwhile. While one of the same author runs, it is that one.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been asked for.</exception>
    Task<Erasure> AskAsync(AuthorId author);

    /// <summary>How far the last erasure of an author is; null if none was asked for.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    Task<Erasure?> FindAsync(AuthorId author);
}
