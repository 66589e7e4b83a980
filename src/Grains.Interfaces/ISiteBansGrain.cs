namespace LiveComments.Grains.Interfaces;

/// <summary>Decides site-wide bans for frontends, which have no store. It keeps nothing; its key only spreads the calls.</summary>
[Alias("livecomments.SiteBans")]
public interface ISiteBansGrain : IGrainWithIntegerKey
{
    /// <summary>Bans somebody on all videos.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    [Alias("Add")]
    Task AddAsync(Ban ban);

    /// <summary>Lifts the ban of somebody on all videos.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    [Alias("Lift")]
    Task LiftAsync(AuthorId author);

    /// <summary>The ban of somebody on all videos; null if there is none.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    [Alias("Find")]
    Task<Ban?> FindAsync(AuthorId author);
}
