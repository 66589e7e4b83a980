using LiveComments.Grains.Client;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// Renews the subscriptions of this node's frontend as soon as the silos of their owners go. Those of other owners wait for their time: if
/// each node called all owners for each silo that comes or goes, a restart of many would be a storm.
/// </summary>
internal sealed class SiloWatcher(IClusterMembershipService membership, FrontendLink subscriptions) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var silos in membership.MembershipUpdates.WithCancellation(stoppingToken))
                subscriptions.RenewOf(owner => owner is null || silos.GetSiloStatus(owner) != SiloStatus.Active);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
