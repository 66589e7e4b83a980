using System.Threading.RateLimiting;

namespace LiveComments.WebFrontend.Api;

/// <summary>Bounds the open streams of each client address.</summary>
internal sealed class StreamsPerAddress(LimitsOptions limits, KnownClients known) : IDisposable
{
    private const int ByDefault = 1_000;

    private readonly AddressLimiter _streams = new(
        context => known.IsHeld(context, limits.MaxViewersPerAddress),
        times => new ConcurrencyLimiter(new() { PermitLimit = (limits.MaxViewersPerAddress ?? ByDefault) * times }));

    /// <summary>
    /// Counts one more stream of the request's client until the lease is disposed of. At the cap the lease is not acquired.
    /// </summary>
    public RateLimitLease Enter(HttpContext context) => _streams.Enter(context);

    public void Dispose() => _streams.Dispose();
}
