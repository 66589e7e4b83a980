using LiveComments.WebFrontend.FanOut;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Ready until the node begins to stop, so that load balancers send new viewers elsewhere.</summary>
internal sealed class ReadinessCheck(ViewerRegistry viewers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(viewers.Stopping ? HealthCheckResult.Unhealthy("This node is stopping.") : HealthCheckResult.Healthy());
}
