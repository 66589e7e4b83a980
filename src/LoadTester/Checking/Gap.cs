using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.LoadTester.Checking;

/// <summary>The data of <c>event: gap</c>: the comments and removals between these two ids, without them, do not come.</summary>
/// <param name="After">The lower one.</param>
/// <param name="Before">The higher one.</param>
/// <param name="Removed">Comments up to the lower one that were removed in between.</param>
/// <param name="Reset">Whether any comment up to the lower one may have been removed.</param>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
internal readonly record struct Gap(long After, long Before, IReadOnlyList<long>? Removed = null, bool Reset = false)
{
    public static bool TryParse(ReadOnlySpan<byte> json, out Gap gap)
    {
        try
        {
            gap = JsonSerializer.Deserialize<Gap>(json, JsonSerializerOptions.Web);
            return gap.Before > gap.After;
        }
        catch (JsonException)
        {
            gap = default;
            return false;
        }
    }
}
