namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// Tells the upstream on whose behalf a request is made, in <c>X-Forwarded-For</c>. The node has already found out who its client is,
/// through the proxies that it trusts itself: so this is one address, and the upstream need trust this node alone.
/// </summary>
internal sealed class ClientAddressHandler(IHttpContextAccessor caller) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (caller.HttpContext?.Connection.RemoteIpAddress is { } address)
            request.Headers.Add("X-Forwarded-For", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        return base.SendAsync(request, cancellationToken);
    }
}
