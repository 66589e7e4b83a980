using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Client;

/// <summary>Erasures for a frontend without a store: a silo takes them.</summary>
public sealed class ClusterErasures(IGrainFactory grains) : IErasures
{
    /// <inheritdoc/>
    public Task<Erasure> AskAsync(AuthorId author) => grains.AskSiloAsync<IErasuresGrain, Erasure>(silo => silo.AskAsync(author));

    /// <inheritdoc/>
    public Task<Erasure?> FindAsync(AuthorId author) => grains.AskSiloAsync<IErasuresGrain, Erasure?>(silo => silo.FindAsync(author));
}
