using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>How comments look as JSON, in answers and in events alike.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Comment))]
[JsonSerializable(typeof(CommentPage))]
[JsonSerializable(typeof(Gap))]
[JsonSerializable(typeof(NewComment))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The context with the rules below.</summary>
    public static WireJson Context { get; } = new(Configure(new(JsonSerializerDefaults.Web)));

    /// <summary>Applies the wire's rules to <paramref name="options"/>.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // JSON that is never part of an HTML page needs no escapes but its own; most scripts stay as short as they are.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new CommentIdConverter());
        options.Converters.Add(new LiveVideoIdConverter());
        options.Converters.Add(new InstantConverter());
        return options;
    }

    /// <summary>Ids are strings: JavaScript's numbers hold only 53 bits.</summary>
    private sealed class CommentIdConverter : JsonConverter<CommentId>
    {
        public override CommentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LiveComments.CommentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("No id of a comment.");

        public override void Write(Utf8JsonWriter writer, CommentId value, JsonSerializerOptions options)
        {
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(value.Value, digits, out var length);
            writer.WriteStringValue(digits[..length]);
        }
    }

    private sealed class LiveVideoIdConverter : JsonConverter<LiveVideoId>
    {
        public override LiveVideoId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LiveComments.LiveVideoId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("No id of a live video.");

        public override void Write(Utf8JsonWriter writer, LiveVideoId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>Always three digits of fraction and a Z (RFC 3339), so that times sort as text.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A comment's time is in its id.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<byte> text = stackalloc byte[32];
            value.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }
}
