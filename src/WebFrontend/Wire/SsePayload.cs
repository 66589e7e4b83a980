using System.Buffers.Text;
using System.Text;
using LiveComments.WebFrontend.Feed;

namespace LiveComments.WebFrontend.Wire;

/// <summary>
/// Bytes of an event stream, made once for all who get them, with and without the frame that one chunk has in HTTP/1.1 (RFC 9112, 7.1).
/// </summary>
internal sealed class SsePayload
{
    private readonly byte[] _chunk;
    private readonly int _start;

    private SsePayload(int length)
    {
        Span<byte> size = stackalloc byte[8];
        Utf8Formatter.TryFormat(length, size, out var digits, 'x');
        _start = digits + 2;
        _chunk = new byte[_start + length + 2];
        size[..digits].CopyTo(_chunk);
        "\r\n"u8.CopyTo(_chunk.AsSpan(digits));
        "\r\n"u8.CopyTo(_chunk.AsSpan(_start + length));
    }

    /// <summary>A line that clients pass over; it keeps proxies from closing a quiet connection.</summary>
    public static SsePayload KeepAlive { get; } = Of(": keep-alive\n\n"u8);

    /// <summary>The bytes themselves.</summary>
    public ReadOnlyMemory<byte> Bytes => _chunk.AsMemory(_start..^2);

    /// <summary>The bytes as one whole chunk.</summary>
    public ReadOnlyMemory<byte> ChunkedBytes => _chunk;

    /// <summary>One run of bytes, at least one.</summary>
    public static SsePayload Of(ReadOnlySpan<byte> payload)
    {
        var bytes = new SsePayload(payload.Length);
        payload.CopyTo(bytes._chunk.AsSpan(bytes._start));
        return bytes;
    }

    /// <summary>The comments of <paramref name="ring"/> from one position to before another, at least one.</summary>
    public static SsePayload Of(CommentRing ring, long from, long to)
    {
        var length = 0;
        for (var position = from; position < to; position++) length += ring[position].Event.Length;
        var bytes = new SsePayload(length);
        var rest = bytes._chunk.AsSpan(bytes._start);
        for (var position = from; position < to; position++)
        {
            ring[position].Event.CopyTo(rest);
            rest = rest[ring[position].Event.Length..];
        }

        return bytes;
    }

    /// <summary>The text, for those who debug.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
