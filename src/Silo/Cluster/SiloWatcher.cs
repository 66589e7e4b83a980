using LiveComments.Grains.Client;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// Renews the subscriptions of this node's frontend as soon as silos come or go, and with them the owners of some videos.
/// </summary>
internal sealed class SiloWatcher(IClusterMembershipService membership, FrontendLink subscriptions) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in membership.MembershipUpdates.WithCancellation(stoppingToken)) subscriptions.RenewAll();
        }
        catch (OperationCanceledException)
        {
        }
    }
}
