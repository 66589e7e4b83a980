using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>The values of an enum by their names as JSON has them: <c>signedIn</c> for <c>SignedIn</c>, and no other spelling.</summary>
internal static class Choice<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> ByName =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    private static readonly Dictionary<T, string> Named = ByName.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The name of a value.</summary>
    public static string NameOf(T value) => Named[value];

    /// <summary>Finds a value by its name.</summary>
    public static bool TryParse(string name, out T value) => ByName.TryGetValue(name, out value);
}

/// <summary>Writes a choice as its name. A name that only a later version knows is the first choice here.</summary>
internal sealed class ChoiceConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? throw new JsonException("A name was expected.")
        : Choice<T>.TryParse(reader.GetString()!, out var value) ? value
        : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Choice<T>.NameOf(value));
}
