using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LiveComments.WebFrontend.Wire;

/// <summary>
/// Makes the lines of an event stream, as the WHATWG HTML standard, section "Server-sent events", has them. JSON escapes line ends, so
/// nothing in a comment can begin a field of its own.
/// </summary>
internal static class SseEvent
{
    /// <summary>A comment as one event.</summary>
    public static byte[] Comment(Comment comment) => comment.LiveVideoId.HoldsHeldComments
        ? Event(comment.Id, "comment"u8, ShownHeldComment.Of(comment), WireJson.Context.ShownHeldComment)
        : Event(comment.Id, "comment"u8, comment, WireJson.Context.Comment);

    /// <summary>A removal as one event.</summary>
    public static byte[] Removal(Removal removal) =>
        Event(removal.Id, "comment-removed"u8, removal.Removed, WireJson.Context.RemovedComments);

    /// <summary>
    /// Tells of a removal before its place in the stream. It has no <c>id</c>, for a viewer does not go on from there: the id of the removal
    /// is among the data.
    /// </summary>
    public static byte[] EarlyRemoval(Removal removal) =>
        Event(null, "comment-removed"u8, removal.Removed with { Early = removal.Id }, WireJson.Context.RemovedComments);

    /// <summary>
    /// Tells a viewer what it will not be sent. It has no <c>id</c>: a viewer cut off right here resumes from what it has, and is told
    /// again.
    /// </summary>
    public static byte[] Gap(Gap gap) => Event(null, "gap"u8, gap, WireJson.Context.Gap);

    /// <summary>Tells viewers the settings of the video. It has no <c>id</c>: they are no entry to resume from.</summary>
    public static byte[] Settings(VideoSettings settings) => Event(null, "settings"u8, settings, WireJson.Context.VideoSettings);

    /// <summary>Tells viewers which comment is pinned; null if none is. It has no <c>id</c>, as the settings have none.</summary>
    public static byte[] Pin(Comment? comment) => Event(null, "pin"u8, new(comment), WireJson.Context.PinnedComment);

    /// <summary>Tells a viewer that its token has expired: it may resume with a new one.</summary>
    public static ReadOnlySpan<byte> TokenExpired => "event: token-expired\ndata: {}\n\n"u8;

    /// <summary>Tells a viewer that the live video is over: its stream ends here, and the next request gets a <c>204</c>.</summary>
    public static ReadOnlySpan<byte> Ended => "event: ended\ndata: {}\n\n"u8;

    /// <summary>Tells whoever passes a stream on that nothing of what it has been sent may be shown to others any more.</summary>
    public static ReadOnlySpan<byte> Stale => "event: stale\ndata: {}\n\n"u8;

    /// <summary>Sets how long the client waits before it connects again.</summary>
    public static byte[] Retry(TimeSpan wait) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)wait.TotalMilliseconds}\n\n"));

    private static byte[] Event<T>(CommentId? id, ReadOnlySpan<byte> name, T data, JsonTypeInfo<T> type)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        if (id is { } number)
        {
            bytes.Write("id: "u8);
            Utf8Formatter.TryFormat(number.Value, bytes.GetSpan(20), out var digits);
            bytes.Advance(digits);
            bytes.Write("\n"u8);
        }

        bytes.Write("event: "u8);
        bytes.Write(name);
        bytes.Write("\ndata: "u8);
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = WireJson.Context.Options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(json, data, type);
        bytes.Write("\n\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}
