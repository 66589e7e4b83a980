using System.Buffers.Text;
using System.Text.Json;

namespace LiveComments.WebFrontend.Identity;

/// <summary>
/// The claims of a token that say who its bearer is and may do what. Its issuer, audience, time and signature were checked.
/// </summary>
internal sealed class TokenClaims
{
    private const int MaxSubject = 128;

    // In the year 5138. Milliseconds in place of seconds are more.
    private const double MaxSeconds = 100_000_000_000;

    /// <summary>Who it is, as the issuer names the person.</summary>
    public required string Subject { get; init; }

    /// <summary>The name to show.</summary>
    public string? Name { get; private init; }

    /// <summary>Since when the account exists; null if the issuer does not say so.</summary>
    public DateTimeOffset? Since { get; private init; }

    /// <summary>What the token permits.</summary>
    public Scopes Scopes { get; private init; }

    /// <summary>On which videos.</summary>
    public IReadOnlyList<string> Videos { get; private init; } = [];

    /// <summary>Reads them; or says, as a sentence, what is wrong.</summary>
    /// <param name="payload">The second part of the token.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no base64url.</exception>
    public static (TokenClaims? Claims, string? Complaint) Read(string payload)
    {
        using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
        var root = json.RootElement;
        if (Text(root, "sub") is not { Length: > 0 and <= MaxSubject } subject)
            return (null, $"Its sub is no text of 1 to {MaxSubject} characters.");
        if (!TryReadName(root, out var name, out var complaint)) return (null, $"Its name cannot be shown: {complaint}");
        if (!TryReadList(root, "videos", out var videos)) return (null, "Its videos are no list of ids, or of prefixes that end in *.");
        if (!TryReadList(root, "scope", out var scopes)) return (null, "Its scope is no text, and no list of them.");
        if (!TryReadTime(root, "since", out var since))
            return (null, $"Its since is no number of seconds since 1970, from 0 to {MaxSeconds:N0}.");
        return (new() { Subject = subject, Name = name, Since = since, Videos = videos, Scopes = ScopesOf(scopes) }, null);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    private static bool TryReadName(JsonElement root, out string? name, out string? complaint)
    {
        (name, complaint) = (null, null);
        if (!root.TryGetProperty("name", out var claim) || claim.ValueKind == JsonValueKind.Null) return true;
        name = claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;
        // The rules of a comment's author are those of any author.
        if (CommentDraft.TryCreate(name, "-", null, out var draft, out var errors)) name = draft.Author;
        else complaint = errors["author"][0];
        return complaint is null;
    }

    private static bool TryReadTime(JsonElement root, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!root.TryGetProperty(name, out var claim) || claim.ValueKind == JsonValueKind.Null) return true;
        // A NumericDate may have a fraction.
        if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out var seconds)) return false;
        if (seconds is not (>= 0 and <= MaxSeconds)) return false;
        time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        return true;
    }

    private static bool TryReadList(JsonElement root, string name, out IReadOnlyList<string> list)
    {
        list = [];
        if (!root.TryGetProperty(name, out var claim)) return true;
        if (claim.ValueKind == JsonValueKind.String) list = claim.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        else if (claim.ValueKind != JsonValueKind.Array) return false;
        else if (claim.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return false;
        else list = [.. claim.EnumerateArray().Select(item => item.GetString()!)];
        return true;
    }

    private static Scopes ScopesOf(IEnumerable<string> scopes) => scopes.Aggregate(Scopes.None, (all, scope) => all | scope switch
    {
        "comments:read" => Scopes.Read,
        "comments:post" => Scopes.Post,
        "comments:moderate" => Scopes.Moderate,
        "comments:manage" => Scopes.Manage,
        // Those of other programs.
        _ => Scopes.None,
    });
}
