using System.Net;
using System.Net.Sockets;

namespace LiveComments.WebFrontend.Api;

/// <summary>Whom limits for each client address count as one.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The address of the request's client; of an IPv6 address its /64, for one subscriber has all of that to choose from (RFC 6177). Where a
    /// trusted proxy stands in front, the client is whom it names.
    /// </summary>
    public static IPAddress Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
