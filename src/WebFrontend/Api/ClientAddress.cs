using System.Net;
using System.Net.Sockets;

namespace LiveComments.WebFrontend.Api;

/// <summary>Which client a request counts for, in limits per client address.</summary>
internal static class ClientAddress
{
    /// <summary>The part of an IPv6 address that the smallest subscriber has.</summary>
    public const int SmallestNetwork = 64;

    /// <summary>
    /// The address of the request's client. Of an IPv6 address it is the network, the first <paramref name="prefix"/> bits (a multiple of
    /// 8), because one subscriber has all of that to choose from (RFC 6177). If a request comes through a trusted proxy, it is the address
    /// that the proxy names.
    /// </summary>
    public static IPAddress Of(HttpContext context, int prefix = SmallestNetwork)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(prefix / 8).Clear();
        return new(bytes);
    }

    /// <summary>Whether the client's address is of IPv6.</summary>
    public static bool IsIPv6(HttpContext context) =>
        context.Connection.RemoteIpAddress is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false };
}
