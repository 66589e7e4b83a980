using System.Net;

namespace LiveComments.WebFrontend.Api;

/// <summary>Tells clients that many others may stand behind from strangers.</summary>
internal sealed class KnownClients(HttpOptions http)
{
    private readonly IPNetwork[] _proxies = [.. http.TrustedProxies.Select(ToNetwork)];

    /// <summary>
    /// Whether a limit holds for the client. Trusted proxies that speak for themselves, as edges do for their streams, are exempt from any
    /// limit; this machine is exempt from the default alone.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The limit that is set, 0 for none; null for the default.</param>
    public bool IsHeld(HttpContext context, int? limit)
    {
        if (limit == 0) return false;
        if (AddressOf(context) is not { } address) return true;
        if (limit is null && IPAddress.IsLoopback(address)) return false;
        return !IsTrusted(address);
    }

    /// <summary>Whether a trusted proxy speaks for itself, as edges do where they ask for no client.</summary>
    public bool IsTrustedProxy(HttpContext context) => AddressOf(context) is { } address && IsTrusted(address);

    private bool IsTrusted(IPAddress address) => _proxies.Any(proxy => proxy.Contains(address));

    private static IPAddress? AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    private static IPNetwork ToNetwork(string proxy) => IPAddress.TryParse(proxy, out var address)
        ? new(address, 8 * address.GetAddressBytes().Length)
        : IPNetwork.Parse(proxy);
}
