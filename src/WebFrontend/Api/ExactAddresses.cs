using LiveComments.WebFrontend.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace LiveComments.WebFrontend.Api;

/// <summary>
/// Holds endpoints to the one spelling of their addresses. Routing takes others as well, in upper case, with percent codes or with a
/// slash at
/// the end; a load balancer in front may then choose another node than the owner of the video.
/// </summary>
internal static class ExactAddresses
{
    /// <summary>Answers 404 to other spellings.</summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="slashLeads">
    /// Whether an address with a slash too many at the end redirects to the one without it: people type the addresses of pages.
    /// </param>
    public static TBuilder WithExactAddresses<TBuilder>(this TBuilder endpoints, bool slashLeads = false)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint =>
        {
            if (endpoint is not RouteEndpointBuilder { RoutePattern: var pattern, RequestDelegate: { } next }) return;
            endpoint.RequestDelegate = context => InvokeAsync(context, pattern, next, slashLeads);
        });
        return endpoints;
    }

    private static Task InvokeAsync(HttpContext context, RoutePattern pattern, RequestDelegate next, bool slashLeads)
    {
        var path = context.Request.Path.Value.AsSpan();
        if (!IsSpeltAsRead(context, path)) return Problems.NotFound().ExecuteAsync(context);
        if (HasLiteralsOf(pattern, path)) return next(context);
        var page = path.TrimEnd('/');
        if (!slashLeads || page.Length != path.Length - 1 || !HasLiteralsOf(pattern, page) || HasForeignCharacter(page))
            return Problems.NotFound().ExecuteAsync(context);
        return TypedResults.Redirect($"{context.Request.PathBase}{page}{context.Request.QueryString}").ExecuteAsync(context);
    }

    /// <summary>Whether the path came as it is, without percent codes for what needs none and without dot segments.</summary>
    private static bool IsSpeltAsRead(HttpContext context, ReadOnlySpan<char> path)
    {
        var raw = (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").AsSpan();
        if (raw.IndexOf('?') is >= 0 and var query) raw = raw[..query];
        // The absolute form (RFC 9112, 3.2.2).
        if (raw.IndexOf("://") is > 0 and var scheme)
        {
            raw = raw[(scheme + 3)..];
            raw = raw[Math.Max(raw.IndexOf('/'), 0)..];
        }

        // An id with codes that are needed is none of ours, and is told so.
        return raw.EndsWith(path, StringComparison.Ordinal) && raw.Length == path.Length + context.Request.PathBase.Value!.Length
            || HasForeignCharacter(path);
    }

    private static bool HasForeignCharacter(ReadOnlySpan<char> path)
    {
        foreach (var character in path)
            if (!char.IsAsciiLetterOrDigit(character) && !"/-_.".Contains(character, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool HasLiteralsOf(RoutePattern pattern, ReadOnlySpan<char> path)
    {
        var segments = pattern.PathSegments;
        path = path.TrimStart('/');
        foreach (var segment in segments)
        {
            var end = path.IndexOf('/');
            var text = end < 0 ? path : path[..end];
            if (segment.Parts is [RoutePatternLiteralPart literal] && !text.SequenceEqual(literal.Content)) return false;
            path = end < 0 ? [] : path[end..];
            if (segment == segments[^1]) return path.IsEmpty;
            path = path.TrimStart('/');
        }

        return true;
    }
}
