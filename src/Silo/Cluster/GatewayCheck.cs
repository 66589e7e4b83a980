using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveComments.Silo.Cluster;

/// <summary>Healthy once this frontend has found its cluster, and while it is connected to a gateway of it. It asks nobody.</summary>
internal sealed class GatewayCheck(ClusterConnection connection, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            lifetime.ApplicationStarted.IsCancellationRequested && connection.Gateways > 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("This frontend is not connected to its cluster."));
}
