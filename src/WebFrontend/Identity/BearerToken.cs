namespace LiveComments.WebFrontend.Identity;

/// <summary>Finds the token of a request. It is never in an address, which logs and histories keep.</summary>
internal static class BearerToken
{
    /// <summary>The cookie for an <c>EventSource</c>, which can send no header.</summary>
    public const string Cookie = "__Secure-livecomments";

    private const string Scheme = "Bearer";

    /// <summary>The token in the header <c>Authorization</c>; null without one. Other schemes are somebody else's.</summary>
    public static string? InHeader(HttpRequest request)
    {
        // Two headers are joined, and so are no token.
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = header[Scheme.Length..];
        return rest.Length == 0 || rest[0] == ' ' ? rest.Trim() : null;
    }

    /// <summary>
    /// The token in the header or else in the cookie. For reads alone: a browser adds cookies to requests that another site makes.
    /// </summary>
    public static string? InHeaderOrCookie(HttpRequest request) => InHeader(request) ?? request.Cookies[Cookie];
}
