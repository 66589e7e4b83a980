using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.LoadTester.Checking;

/// <summary>The data of <c>event: gap</c>: the comments between these two ids, without them, do not come.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
internal readonly record struct Gap(long After, long Before)
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
