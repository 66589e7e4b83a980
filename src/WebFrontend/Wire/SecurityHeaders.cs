namespace LiveComments.WebFrontend.Wire;

/// <summary>The security headers of our answers: they may do next to nothing, and pages may load only their own files.</summary>
public static class SecurityHeaders
{
    // Every file is our own, nothing is inline, and no text becomes markup (Trusted Types: no policy may be made).
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ";

    // The Orleans Dashboard runs one script, a file of its own. But its markup has styles, it writes markup, and some icons of its style
    // sheet are data.
    private const string DashboardPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of answers that are data; pages and their files set their own over them.</summary>
    internal static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        SetForData(context.Response);
        return next(context);
    });

    /// <summary>An answer that is no page is never shown as one.</summary>
    internal static void SetForData(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = DataPolicy;
    }

    /// <summary>Sets the headers of a page or one of its files.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="parents">The sources (CSP Level 3, 6.4.2) whose pages may hold it in a frame; none = nobody.</param>
    /// <param name="mediaOrigin">Where the page may load a video from; null = nowhere.</param>
    internal static void SetForPage(HttpResponse response, IReadOnlyCollection<string> parents, string? mediaOrigin = null) => SetForPage(
        response,
        PagePolicy + (parents.Count == 0 ? "'none'" : string.Join(' ', parents)) + (mediaOrigin is null ? "" : $"; media-src {mediaOrigin}"));

    /// <summary>Sets the headers of the Orleans Dashboard: its page, its files and its data.</summary>
    public static void SetForDashboard(HttpResponse response) => SetForPage(response, DashboardPolicy);

    private static void SetForPage(HttpResponse response, string policy)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = policy;
        // Asked for again each time, and answered with 304 if it is the same: a new version is seen at once.
        headers.CacheControl = "no-cache";
        // The window in which one signs in tells the page that opened it the token.
        headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Referrer-Policy"] = "same-origin";
    }
}
