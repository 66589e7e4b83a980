using LiveComments.Grains.Interfaces;
using Orleans.Concurrency;

namespace LiveComments.Grains;

/// <summary>Takes erasures on the silo that a frontend has reached.</summary>
[Reentrant, StatelessWorker(maxLocalWorkers: 1), GrainType("erasures")]
internal sealed class ErasuresGrain(SiteErasures erasures) : Grain, IErasuresGrain
{
    public Task<Erasure> AskAsync(AuthorId author) => erasures.AskAsync(author);

    public Task<Erasure?> FindAsync(AuthorId author) => erasures.FindAsync(author);
}
