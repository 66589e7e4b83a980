namespace LiveComments;

/// <summary>Bans on all videos of the site. Safe for use by many threads at once.</summary>
public interface ISiteBans
{
    /// <summary>Bans somebody, in place of what was said of the same one before. It holds everywhere within 2 s.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    Task AddAsync(Ban ban);

    /// <summary>Lifts a ban.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    Task LiftAsync(AuthorId author);

    /// <summary>The ban of somebody who may not write now; null if there is none.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    Task<Ban?> FindAsync(AuthorId author);
}
