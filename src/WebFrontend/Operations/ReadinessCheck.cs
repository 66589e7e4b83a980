using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Ready until the node begins to stop, so that load balancers send new requests elsewhere.</summary>
internal sealed class ReadinessCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("This node is stopping.")
            : HealthCheckResult.Healthy());
}
