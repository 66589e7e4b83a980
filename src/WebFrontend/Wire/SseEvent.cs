using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LiveComments.WebFrontend.Wire;

/// <summary>
/// Makes the lines of an event stream, as the WHATWG HTML standard, section "Server-sent events", has them. JSON escapes line ends, so
/// nothing in a comment can begin a field of its own.
/// </summary>
internal static class SseEvent
{
    /// <summary>A comment as one event.</summary>
    public static byte[] Comment(Comment comment)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        bytes.Write("id: "u8);
        Utf8Formatter.TryFormat(comment.Id.Value, bytes.GetSpan(20), out var digits);
        bytes.Advance(digits);
        bytes.Write("\nevent: comment\ndata: "u8);
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = WireJson.Context.Options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(json, comment, WireJson.Context.Comment);
        bytes.Write("\n\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Tells a viewer what it will not be sent: the comments after <paramref name="after"/> and before <paramref name="before"/>, both
    /// exclusive. It has no <c>id</c>: a viewer cut off right here resumes from what it has, and is told again.
    /// </summary>
    public static byte[] Gap(CommentId after, CommentId before) =>
        Encoding.ASCII.GetBytes($"event: gap\ndata: {{\"after\":\"{after}\",\"before\":\"{before}\"}}\n\n");

    /// <summary>Sets how long the client waits before it connects again.</summary>
    public static byte[] Retry(TimeSpan wait) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)wait.TotalMilliseconds}\n\n"));
}
