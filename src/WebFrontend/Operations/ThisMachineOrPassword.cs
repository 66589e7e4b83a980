using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Met by a request with the password, or from this machine if no password is set.</summary>
internal sealed class ThisMachineOrPassword(OperationsOptions settings)
    : AuthorizationHandler<ThisMachineOrPassword>, IAuthorizationRequirement
{
    // X-Original-…: our own middleware renames a forwarding header that it has used.
    private static readonly string[] ProxyHeaders =
    [
        "CDN-Loop", "Client-IP", "Fastly-Client-IP", "Forwarded", "Proxy-Client-IP", "True-Client-IP", "Via", "WL-Proxy-Client-IP",
        "X-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip", "X-Real-IP", "X-Remote-Addr", "X-Remote-IP",
    ];

    private static readonly string[] ProxyHeaderPrefixes = ["CF-", "X-Amzn-", "X-Azure-", "X-Envoy-", "X-Forwarded", "X-Original-"];

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ThisMachineOrPassword requirement)
    {
        var allowed = settings.Password is null
            ? context.Resource is HttpContext http && IsThisMachine(http)
            : context.User.Identity is { IsAuthenticated: true };
        if (allowed) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Requests that a proxy on this machine forwards also come from this machine. So a request with a forwarding header never counts as
    /// local, and the Host header must be local, which also stops DNS rebinding.
    /// </summary>
    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host)
        && !context.Request.Headers.Keys.Any(TellsOfProxy);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool TellsOfProxy(string header) =>
        ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase)
        || ProxyHeaderPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
