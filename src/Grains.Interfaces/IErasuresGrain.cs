namespace LiveComments.Grains.Interfaces;

/// <summary>Takes erasures from frontends, which have no store. It keeps nothing; its key only spreads the calls.</summary>
[Alias("livecomments.Erasures")]
public interface IErasuresGrain : IGrainWithIntegerKey
{
    /// <summary>Asks for the removal of all that somebody has written; completes when that is durable.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been asked for.</exception>
    [Alias("Ask")]
    Task<Erasure> AskAsync(AuthorId author);

    /// <summary>How far the last erasure of an author is; null if none was asked for.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    [Alias("Find")]
    Task<Erasure?> FindAsync(AuthorId author);
}
