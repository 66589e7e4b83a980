using LiveComments.LoadTester.Http;

namespace LiveComments.LoadTester.Sse;

/// <summary>
/// Finds the events in a Server-Sent Events stream (WHATWG HTML, 9.2.6) that comes in pieces cut anywhere.
/// </summary>
/// <remarks>
/// .NET's own <c>SseParser</c> pulls from a stream per connection and makes an object per event. This one is pushed
/// to, keeps an event's bytes only while it is cut in two, and otherwise reads them where they were received.
/// </remarks>
internal struct SseReader
{
    private const int MaxEventLength = 1024 * 1024;

    private PooledBytes _cut;

    /// <summary>Whether an event grew beyond 1 MiB, which no comment can: then the stream is not worth reading on.</summary>
    public readonly bool IsEventTooLong => _cut.Length > MaxEventLength;

    /// <summary>Hands every event that <paramref name="bytes"/> completes to the handler.</summary>
    public void Read(ReadOnlySpan<byte> bytes, ISseEventHandler handler)
    {
        if (_cut.Length == 0)
        {
            _cut.Append(bytes[ReadEvents(bytes, handler)..]);
        }
        else
        {
            _cut.Append(bytes);
            _cut.Consume(ReadEvents(_cut.Span, handler));
        }
    }

    /// <summary>Gives back what is held.</summary>
    public void Clear() => _cut.Clear();

    /// <summary>Returns how many bytes are done with: up to the start of an event that is not complete.</summary>
    private static int ReadEvents(ReadOnlySpan<byte> bytes, ISseEventHandler handler)
    {
        ReadOnlySpan<byte> id = default, type = default, data = default;
        bool hasFields = false, hasData = false;
        int done = 0, lineStart = 0;
        while (TryFindLineEnd(bytes, lineStart, out var lineEnd, out var next))
        {
            var line = bytes[lineStart..lineEnd];
            lineStart = next;
            if (line.IsEmpty)
            {
                if (hasData) handler.OnEvent(new SseEvent { Id = id, Type = type, Data = data });

                id = type = data = default;
                hasFields = hasData = false;
            }
            else if (TryGetValue(line, "data"u8, out var value))
            {
                data = hasData ? (byte[])[.. data, (byte)'\n', .. value] : value;
                hasFields = hasData = true;
            }
            else if (TryGetValue(line, "id"u8, out value))
            {
                id = value;
                hasFields = true;
            }
            else if (TryGetValue(line, "event"u8, out value))
            {
                type = value;
                hasFields = true;
            }

            if (!hasFields)
            {
                // What is read so far, comments among it, is part of no event.
                done = lineStart;
            }
        }

        return done;
    }

    /// <summary>Lines end with LF, CR or CRLF; a CR at the very end waits for the byte behind it.</summary>
    private static bool TryFindLineEnd(ReadOnlySpan<byte> bytes, int lineStart, out int lineEnd, out int next)
    {
        lineEnd = lineStart + bytes[lineStart..].IndexOfAny((byte)'\n', (byte)'\r');
        next = lineEnd + 1;
        if (lineEnd < lineStart) return false;
        if (bytes[lineEnd] == '\r')
        {
            if (next == bytes.Length)
            {
                // An empty line is one either way: an LF behind it is but another.
                return lineEnd == lineStart;
            }

            next += bytes[next] == '\n' ? 1 : 0;
        }

        return true;
    }

    private static bool TryGetValue(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!line.StartsWith(field)) return false;
        if (line.Length == field.Length) return true;

        if (line[field.Length] != ':') return false;
        value = line[(field.Length + 1)..];
        value = value.StartsWith((byte)' ') ? value[1..] : value;
        return true;
    }
}
