using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Client;

/// <summary>Site-wide bans for a frontend without a store: a silo decides them.</summary>
public sealed class ClusterSiteBans(IGrainFactory grains) : ISiteBans
{
    /// <inheritdoc/>
    public Task AddAsync(Ban ban) => AskAsync(async silo =>
    {
        await silo.AddAsync(ban);
        return true;
    });

    /// <inheritdoc/>
    public Task LiftAsync(AuthorId author) => AskAsync(async silo =>
    {
        await silo.LiftAsync(author);
        return true;
    });

    /// <inheritdoc/>
    public Task<Ban?> FindAsync(AuthorId author) => AskAsync(silo => silo.FindAsync(author));

    private Task<T> AskAsync<T>(Func<ISiteBansGrain, Task<T>> ask) => grains.AskSiloAsync(ask);
}
