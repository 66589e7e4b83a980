namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Which pages may open a WebSocket. Browsers hold no WebSocket to the same-origin policy: they say whose page it is, and the server must
/// look (RFC 6455, 10.2).
/// </summary>
internal sealed class AllowedOrigins(HttpOptions options)
{
    /// <summary>
    /// Whether the page that makes the request may: those of the address that it was sent to, and of origins that the API is open to.
    /// What is no browser says no origin, and may.
    /// </summary>
    public bool Include(HttpRequest request)
    {
        if (request.Headers.Origin.Count == 0) return true;
        var origin = request.Headers.Origin.ToString();
        return options.AllowedOrigins.Any(allowed => allowed == "*" || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
            || IsOfHost(origin, request.Host);
    }

    /// <summary>The scheme is left out: a proxy in front may have another one than the browser.</summary>
    private static bool IsOfHost(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && host.HasValue
        && uri.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port ?? DefaultPort(uri)) == uri.Port;

    private static int DefaultPort(Uri uri) => uri.Scheme == "https" ? 443 : 80;
}
