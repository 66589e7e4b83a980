using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>How comments look as JSON, in answers and in events alike.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Comment))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(VideoSettings))]
[JsonSerializable(typeof(CommentPage))]
[JsonSerializable(typeof(Gap))]
[JsonSerializable(typeof(HeldAnswer))]
[JsonSerializable(typeof(HeldPage))]
[JsonSerializable(typeof(NewBan))]
[JsonSerializable(typeof(Dictionary<string, NewBan>))]
[JsonSerializable(typeof(AskedBan))]
[JsonSerializable(typeof(BanAnswer))]
[JsonSerializable(typeof(BanPage))]
[JsonSerializable(typeof(ErasureAnswer))]
[JsonSerializable(typeof(NewComment))]
[JsonSerializable(typeof(NewDecision))]
[JsonSerializable(typeof(NewGuest))]
[JsonSerializable(typeof(NewPin))]
[JsonSerializable(typeof(NewRemoval))]
[JsonSerializable(typeof(PinnedComment))]
[JsonSerializable(typeof(NewReports))]
[JsonSerializable(typeof(ReceiptAnswer))]
[JsonSerializable(typeof(ReceiptShare))]
[JsonSerializable(typeof(RemovalReason))]
[JsonSerializable(typeof(RemovedCount))]
[JsonSerializable(typeof(RemovedMany))]
[JsonSerializable(typeof(RemovedComments))]
[JsonSerializable(typeof(ReplayWindow))]
[JsonSerializable(typeof(ShownHeldComment))]
[JsonSerializable(typeof(SocketMessage))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The context with the rules below.</summary>
    public static WireJson Context { get; } = new(Configure(new(JsonSerializerDefaults.Web)));

    /// <summary>Applies the wire's rules to <paramref name="options"/>.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        // Our JSON is never part of an HTML page, so it needs only JSON's own escapes. Texts in most scripts stay short.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new CommentIdConverter());
        options.Converters.Add(new AuthorIdConverter());
        options.Converters.Add(new AuthorRoleConverter());
        options.Converters.Add(new LiveVideoIdConverter());
        options.Converters.Add(new InstantConverter());
        return options;
    }

    /// <summary>Ids are strings: JavaScript's numbers hold only 53 bits.</summary>
    private sealed class CommentIdConverter : JsonConverter<CommentId>
    {
        public override CommentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LiveComments.CommentId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A comment id was expected.");

        public override void Write(Utf8JsonWriter writer, CommentId value, JsonSerializerOptions options)
        {
            Span<byte> digits = stackalloc byte[20];
            Utf8Formatter.TryFormat(value.Value, digits, out var length);
            writer.WriteStringValue(digits[..length]);
        }
    }

    private sealed class AuthorIdConverter : JsonConverter<AuthorId>
    {
        public override AuthorId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LiveComments.AuthorId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An author's id was expected.");

        public override void Write(Utf8JsonWriter writer, AuthorId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    /// <summary>A role that only a later version knows is that of a viewer here.</summary>
    private sealed class AuthorRoleConverter : JsonConverter<AuthorRole>
    {
        public override AuthorRole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() switch
            {
                "moderator" => LiveComments.AuthorRole.Moderator,
                "owner" => LiveComments.AuthorRole.Owner,
                _ => LiveComments.AuthorRole.Viewer,
            };

        public override void Write(Utf8JsonWriter writer, AuthorRole value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value switch
            {
                LiveComments.AuthorRole.Moderator => "moderator",
                LiveComments.AuthorRole.Owner => "owner",
                _ => "viewer",
            });
    }

    private sealed class LiveVideoIdConverter : JsonConverter<LiveVideoId>
    {
        public override LiveVideoId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LiveComments.LiveVideoId.TryParse(reader.GetString(), null, out var id)
                ? id
                : throw new JsonException("A live video id was expected.");

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
