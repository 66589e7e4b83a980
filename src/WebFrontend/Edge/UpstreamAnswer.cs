using LiveComments.WebFrontend.Api;
using Microsoft.Extensions.Primitives;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Passes back what the upstream answers to what was passed on to it.</summary>
internal static class UpstreamAnswer
{
    /// <summary>Reads the body of an answer.</summary>
    /// <exception cref="CommentsUnavailableException">The answer is not of an upstream.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer) =>
        // Do not show the client the error page of a proxy on the way, or of something that is not an upstream.
        IsOfUpstream(answer)
            ? await answer.Content.ReadAsByteArrayAsync()
            : throw new CommentsUnavailableException($"The upstream answered {(int)answer.StatusCode} to what was passed on.");

    /// <summary>Gives the answer to the client as it is.</summary>
    public static async Task<IResult> PassBackAsync(HttpResponseMessage answer, byte[] body, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.Headers.RetryAfter = answer.Headers.RetryAfter?.ToString() ?? StringValues.Empty;
        // Within this API they have no host.
        response.Headers.Location = answer.Headers.Location?.OriginalString ?? StringValues.Empty;
        response.Headers.ETag = answer.Headers.ETag?.ToString() ?? StringValues.Empty;
        response.Headers.WWWAuthenticate =
            answer.Headers.WwwAuthenticate is { Count: > 0 } challenge ? challenge.ToString() : StringValues.Empty;
        if (answer.Headers.TryGetValues(RemovalHeader.Name, out var removal)) response.Headers[RemovalHeader.Name] = removal.First();
        if (body.Length > 0) await response.BodyWriter.WriteAsync(body);
        return TypedResults.Empty;
    }

    private static bool IsOfUpstream(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        200 or 201 or 202 => MediaType(answer) == "application/json",
        204 => true,
        >= 400 and < 500 => IsProblem(answer),
        >= 500 => IsProblem(answer) && answer.Headers.RetryAfter is not null,
        _ => false,
    };

    private static bool IsProblem(HttpResponseMessage answer) => MediaType(answer) == "application/problem+json";

    private static string? MediaType(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType;
}
