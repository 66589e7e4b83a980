using LiveComments.Grains.Interfaces;
using Orleans.Concurrency;

namespace LiveComments.Grains;

/// <summary>Decides site-wide bans on the silo that a frontend has reached.</summary>
[Reentrant, StatelessWorker(maxLocalWorkers: 1), GrainType("sitebans")]
internal sealed class SiteBansGrain(SiteBans bans) : Grain, ISiteBansGrain
{
    public Task AddAsync(Ban ban) => bans.AddAsync(ban);

    public Task LiftAsync(AuthorId author) => bans.LiftAsync(author);

    public Task<Ban?> FindAsync(AuthorId author) => bans.FindAsync(author);
}
