using System.Net;
using System.Text.Json;
using LiveComments.Client.Wire;

namespace LiveComments.Client;

/// <summary>
/// A request that the server refused (RFC 9457 problem details), or that got no answer. <see cref="Exception.Message"/> says what to do.
/// </summary>
public sealed class ProblemException : Exception
{
    // The longest that a Retry-After is believed.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(10);

    private ProblemException(int status, string message, Exception? cause = null)
        : base(message, cause) => Status = status;

    /// <summary>The HTTP status; 0 if no answer came, or none that is LiveComments'.</summary>
    public int Status { get; }

    /// <summary>
    /// The stable type, as <c>urn:problem-type:livecomments:slow-mode</c>; <c>about:blank</c> if there is none, as of what a proxy answers.
    /// </summary>
    public string Type { get; private init; } = "about:blank";

    /// <summary>What is wrong, in one sentence; null if the answer does not say.</summary>
    public string? Title { get; private init; }

    /// <summary>What to do about it; null if the answer does not say.</summary>
    public string? Detail { get; private init; }

    /// <summary>What is wrong with which field; empty if it is about none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How long the server asked to wait, up to 10 minutes; null if it did not.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the same request may be taken a little later.</summary>
    internal bool IsPassing => Status is 0 or (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests or >= 500;

    /// <summary>Whether a stream is not tried again.</summary>
    internal bool IsFinal => Status is >= 400 and < 500 && !IsPassing;

    internal static ProblemException NoAnswer(Exception cause) => new(0, $"The server did not answer: {cause.Message}", cause);

    internal static ProblemException NoToken(Exception cause) => new(0, $"No token was given: {cause.Message}", cause);

    internal static ProblemException NotOurs(string what, Exception? cause = null) =>
        new(0, $"The server sent {what}. Is it LiveComments, and nothing else in front of it?", cause);

    internal static ProblemException NotCurrent() => new(0, "The page is older than what is known to be removed. Read it again.");

    /// <summary>Reads the refusal of an answer. Proxies answer with pages of their own, so a body that is no problem is no error.</summary>
    internal static ProblemException Of(HttpResponseMessage answer, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var problem = TryRead(answer, body);
        var (title, detail) = (TextOf(problem?.Title), TextOf(problem?.Detail));
        return new((int)answer.StatusCode, detail ?? title ?? $"The server answered {(int)answer.StatusCode}.")
        {
            Type = TextOf(problem?.Type) ?? "about:blank",
            Title = title,
            Detail = detail,
            Errors = ErrorsOf(problem?.Errors ?? default),
            RetryAfter = RetryAfterOf(answer, now),
        };
    }

    private static Problem? TryRead(HttpResponseMessage answer, ReadOnlySpan<byte> body)
    {
        if (answer.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json")) return null;
        try
        {
            return JsonSerializer.Deserialize(body, WireJson.Default.Problem);
        }
        catch (JsonException)
        {
            // What counts is the status.
            return null;
        }
    }

    private static string? TextOf(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static Dictionary<string, IReadOnlyList<string>> ErrorsOf(JsonElement errors)
    {
        var found = new Dictionary<string, IReadOnlyList<string>>();
        if (errors.ValueKind != JsonValueKind.Object) return found;
        foreach (var field in errors.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Array))
            found[field.Name] = [.. field.Value.EnumerateArray().Select(error => TextOf(error)).OfType<string>()];
        return found;
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage answer, DateTimeOffset now)
    {
        var asked = answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date - now);
        return asked is not { } wait ? null
            : wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait < LongestRetryAfter ? wait : LongestRetryAfter;
    }
}
