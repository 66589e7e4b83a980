using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.LoadTester.Checking;

/// <summary>
/// The data of <c>event: comment-removed</c>: the comments with these ids, or those of an author from one id to another, or of all authors.
/// </summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
internal sealed record ToldRemoval(IReadOnlyList<long>? Ids = null, string? AuthorId = null, long From = 0, long To = 0)
{
    /// <summary>What is removed, as grains tell it.</summary>
    public static ToldRemoval Of(RemovedComments removed) => removed.Ids is { } ids
        ? new([.. ids.Select(id => id.Value)])
        : new(null, removed.AuthorId?.ToString(), removed.From!.Value.Value, removed.To!.Value.Value);

    /// <summary>Reads it; null if it is no removal.</summary>
    public static ToldRemoval? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var removal = JsonSerializer.Deserialize<ToldRemoval>(json, JsonSerializerOptions.Web);
            return removal is { Ids.Count: > 0 } or { Ids: null, From: > 0 } && removal.To >= removal.From ? removal : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
