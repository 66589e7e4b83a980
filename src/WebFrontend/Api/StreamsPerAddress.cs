using System.Net;
using System.Threading.RateLimiting;

namespace LiveComments.WebFrontend.Api;

/// <summary>Bounds the open streams of each client address.</summary>
internal sealed class StreamsPerAddress(LimitsOptions limits) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _streams = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
        limits.MaxViewersPerAddress == 0
            ? RateLimitPartition.GetNoLimiter(IPAddress.None)
            : RateLimitPartition.GetConcurrencyLimiter(ClientAddress.Of(context), _ => new() { PermitLimit = limits.MaxViewersPerAddress }));

    /// <summary>Counts one more stream of the request's client until the lease is disposed of. At the cap the lease is not acquired.</summary>
    public RateLimitLease Enter(HttpContext context) => _streams.AttemptAcquire(context);

    public void Dispose() => _streams.Dispose();
}
