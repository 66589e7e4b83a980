using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace LiveComments.WebFrontend.Operations;

/// <summary>Met by who has given the password, or from this machine if there is no password.</summary>
internal sealed class ThisMachineOrPassword(OperationsOptions settings) : AuthorizationHandler<ThisMachineOrPassword>, IAuthorizationRequirement
{
    // X-Original-… is what our own middleware leaves of a header that it has believed.
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];
    private static readonly string[] ProxyHeaderPrefixes = ["X-Forwarded-", "X-Original-"];

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ThisMachineOrPassword requirement)
    {
        var allowed = settings.Password is null
            ? context.Resource is HttpContext http && IsThisMachine(http)
            : context.User.Identity is { IsAuthenticated: true };
        if (allowed) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    /// <summary>
    /// A proxy on this machine comes from here, too, whomever it stands for, and a trusted one may name any address: what tells of a proxy is never
    /// from here. The host that was asked for keeps out a page elsewhere whose own name was made to lead here (DNS rebinding).
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
