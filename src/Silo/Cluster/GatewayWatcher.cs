using LiveComments.Grains.Client;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// Renews a frontend's subscriptions as soon as a gateway comes or goes: each silo is one, so the owners of some videos may have gone with
/// it. One of each silo finds out.
/// </summary>
internal sealed class GatewayWatcher(ClusterConnection connection, FrontendLink subscriptions) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        connection.Changed += subscriptions.Probe;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        connection.Changed -= subscriptions.Probe;
        return Task.CompletedTask;
    }
}
