using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LiveComments.Client.Wire;

/// <summary>The JSON of the server's API. Members that this version does not know are passed over.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Comment))]
[JsonSerializable(typeof(CommentPage))]
[JsonSerializable(typeof(Gap))]
[JsonSerializable(typeof(HeldComment))]
[JsonSerializable(typeof(NewComment))]
[JsonSerializable(typeof(Pin))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RemovalReason))]
[JsonSerializable(typeof(RemovedComments))]
[JsonSerializable(typeof(VideoSettings))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Reads what the server sent.</summary>
    /// <exception cref="ProblemException">It is something else: then it is not LiveComments that has answered.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw ProblemException.NotOurs("null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw ProblemException.NotOurs($"no {typeof(T).Name}", exception);
        }
    }
}

/// <summary>The body of a post.</summary>
internal sealed record NewComment(string? Author, string Message, CommentId? ReplyTo);

/// <summary>The body of a removal.</summary>
internal sealed record RemovalReason(string? Reason, string? Note);

/// <summary>The data of a <c>gap</c> event.</summary>
internal sealed record Gap(CommentId After, CommentId Before, IReadOnlyList<CommentId>? Removed = null, bool Reset = false);

/// <summary>The data of a <c>pin</c> event.</summary>
internal sealed record Pin(Comment? Comment);

/// <summary>Problem details (RFC 9457). What is no text where a text belongs is passed over.</summary>
internal sealed record Problem(JsonElement Type = default, JsonElement Title = default, JsonElement Detail = default, JsonElement Errors = default);
