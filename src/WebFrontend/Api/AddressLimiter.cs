using System.Net;
using System.Threading.RateLimiting;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Holds each client address to a limit. A subscriber of IPv6 has a /64 at least, and a /56 or a /48 often (RFC 6177): those are held to
/// four and sixteen times the limit.
/// </summary>
internal sealed class AddressLimiter : IDisposable
{
    private static readonly (int Prefix, int Times)[] Wider = [(56, 4), (48, 16)];

    private readonly PartitionedRateLimiter<HttpContext> _addresses;

    // Each table of limiters has a clock that ticks ten times a second: none without need.
    private readonly Lazy<PartitionedRateLimiter<HttpContext>> _withNetworks;

    /// <summary>Makes limiters of a size for each address.</summary>
    /// <param name="isHeld">Whether the limit holds a client at all.</param>
    /// <param name="limiter">Makes a limiter that is so many times that of one address.</param>
    public AddressLimiter(Func<HttpContext, bool> isHeld, Func<int, RateLimiter> limiter)
    {
        _addresses = Create(ClientAddress.SmallestNetwork, 1);
        _withNetworks = new(() => PartitionedRateLimiter.CreateChained(
            [_addresses, .. Wider.Select(network => Create(network.Prefix, network.Times))]));

        PartitionedRateLimiter<HttpContext> Create(int prefix, int times) =>
            PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
                isHeld(context)
                    ? RateLimitPartition.Get(ClientAddress.Of(context, prefix), _ => limiter(times))
                    : RateLimitPartition.GetNoLimiter(IPAddress.None));
    }

    /// <summary>Counts one more for the request's client.</summary>
    public RateLimitLease Enter(HttpContext context) =>
        (ClientAddress.IsIPv6(context) ? _withNetworks.Value : _addresses).AttemptAcquire(context);

    public void Dispose()
    {
        if (_withNetworks.IsValueCreated) _withNetworks.Value.Dispose();
        _addresses.Dispose();
    }
}
