using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveComments.Silo.Cluster;

/// <summary>Healthy while this silo knows itself as active. It asks nobody: a database that hangs takes no viewer from its node.</summary>
internal sealed class SiloCheck(IClusterMembershipService membership, ILocalSiloDetails silo) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
        return Task.FromResult(
            status == SiloStatus.Active ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"This silo is not active: {status}."));
    }
}
