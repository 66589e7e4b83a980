using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace LiveComments.WebFrontend.Wire;

/// <summary>
/// Bytes of an event stream, made once for all who get them, with and without the frame that one chunk has in HTTP/1.1 (RFC 9112, 7.1), and
/// as frames of a WebSocket if anybody has one.
/// </summary>
internal sealed class SsePayload
{
    private readonly byte[] _chunk;
    private readonly int _start;
    private byte[]? _frames;

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

    /// <summary>The same events as frames of a WebSocket. Two who need them first at once make the same.</summary>
    public ReadOnlyMemory<byte> Frames => _frames ??= WebSocketFrames.OfEvents(Bytes.Span);

    /// <summary>A copy of these bytes, at least one.</summary>
    public static SsePayload Of(ReadOnlySpan<byte> bytes)
    {
        var payload = new SsePayload(bytes.Length);
        bytes.CopyTo(payload._chunk.AsSpan(payload._start));
        return payload;
    }

    /// <summary>Bytes that <paramref name="fill"/> writes.</summary>
    /// <param name="length">How many bytes there are, at least one.</param>
    /// <param name="state">What <paramref name="fill"/> is given.</param>
    /// <param name="fill">Writes all of the bytes.</param>
    public static SsePayload Create<TState>(int length, TState state, SpanAction<byte, TState> fill)
    {
        var payload = new SsePayload(length);
        fill(payload._chunk.AsSpan(payload._start, length), state);
        return payload;
    }

    /// <summary>The text, for debugging.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
