using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.Client.Wire;

/// <summary>Ids are strings on the wire: JavaScript's numbers hold only 53 bits.</summary>
internal sealed class CommentIdConverter : JsonConverter<CommentId>
{
    public override CommentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && CommentId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("An id was expected.");

    public override void Write(Utf8JsonWriter writer, CommentId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A choice by its name. One that only a later version of the server knows is the first of the enumeration.</summary>
internal sealed class LenientEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } name && char.IsAsciiLetter(name[0])
            && Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
}
