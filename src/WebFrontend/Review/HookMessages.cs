using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Review;

/// <summary>What the hook is asked and answers, as JSON.</summary>
internal static partial class HookMessages
{
    private const int LongestReason = 40;

    private static readonly HookJson Json = new(new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The body of a request, in UTF-8.</summary>
    public static byte[] Write(IEnumerable<HookComment> comments) =>
        JsonSerializer.SerializeToUtf8Bytes(new HookRequest([.. comments]), Json.HookRequest);

    /// <summary>
    /// Reads the verdicts of an answer, by the id of the review. One that is not valid, or comes twice, is left out: it says nothing of that
    /// comment, and the others stand.
    /// </summary>
    /// <exception cref="JsonException">The answer as a whole is none.</exception>
    public static Dictionary<string, ReviewVerdict> Read(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("verdicts", out var list)
            || list.ValueKind != JsonValueKind.Array)
            throw new JsonException("The answer has no array \"verdicts\".");
        var (verdicts, seen) = (new Dictionary<string, ReviewVerdict>(), new HashSet<string>());
        foreach (var item in list.EnumerateArray())
        {
            if (TextOf(item, "reviewId") is not { } id) continue;
            if (!seen.Add(id)) verdicts.Remove(id);
            else if (Read(item) is { } verdict) verdicts.Add(id, verdict);
        }

        return verdicts;
    }

    private static ReviewVerdict? Read(JsonElement item)
    {
        var reason = TextOf(item, "reason") is { } given && IsCode(given) ? given : "hook";
        return TextOf(item, "verdict") switch
        {
            "publish" => ReviewVerdict.Publish,
            "hold" => new(ReviewAction.Hold, reason),
            "refuse" => new(ReviewAction.Refuse, reason),
            "replace" when TextOf(item, "message") is { } message => new(ReviewAction.Replace, reason, message),
            _ => null,
        };
    }

    private static string? TextOf(JsonElement item, string name)
    {
        if (item.ValueKind != JsonValueKind.Object
            || !item.TryGetProperty(name, out var value)
            || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // It is no well-formed Unicode.
            return null;
        }
    }

    /// <summary>Whether a reason is a word or two in lower case: authors are told it.</summary>
    private static bool IsCode(string reason) =>
        reason.Length is > 0 and <= LongestReason && reason.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>A comment that the hook is asked about.</summary>
    internal sealed record HookComment(string ReviewId, string LiveVideoId, string Author, string? AuthorId, string Message);

    internal sealed record HookRequest(HookComment[] Comments);

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(HookRequest))]
    internal sealed partial class HookJson : JsonSerializerContext;
}
