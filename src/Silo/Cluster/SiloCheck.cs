using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// Healthy while this silo's own view of the cluster has it as active. It makes no call: if the database hangs, viewers stay on their node.
/// </summary>
internal sealed class SiloCheck(IClusterMembershipService membership, ILocalSiloDetails silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
        return Task.FromResult(
            status == SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"This silo is not active: {status}."));
    }
}
