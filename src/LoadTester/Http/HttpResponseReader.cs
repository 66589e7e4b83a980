using System.Buffers.Text;
using LiveComments.LoadTester.Connections;

namespace LiveComments.LoadTester.Http;

/// <summary>
/// Reads one HTTP/1.1 response (RFC 9112) from pieces cut anywhere and gives out its body without the framing.
/// </summary>
internal struct HttpResponseReader : IResponseReader
{
    private const int MaxHeadLength = 64 * 1024;

    private Part _part;
    private bool _inLine;
    private long _left;
    private PooledBytes _head;

    private enum Part : byte
    {
        Head,
        BodyOfKnownLength,
        BodyUntilClose,
        ChunkSize,
        ChunkExtension,
        ChunkData,
        ChunkEnd,
        Trailers,
        Complete,
        Malformed,
    }

    /// <summary>The status code, once the head is complete; before that 0.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the connection may carry another request after this response.</summary>
    public bool KeepsAlive { get; private set; }

    public readonly bool IsHeadComplete => _part is not (Part.Head or Part.Malformed);

    public readonly bool IsComplete => _part == Part.Complete;

    public readonly bool IsMalformed => _part == Part.Malformed;

    /// <summary>Whether the end of the connection is the proper end of this response.</summary>
    public readonly bool EndsWithConnection => _part is Part.BodyUntilClose or Part.Complete;

    public readonly string? Fault => IsMalformed ? "answered with something that is not HTTP" : null;

    public readonly string? End => IsComplete ? "stream ended by the server" : null;

    public readonly int Answer(IConnection connection) => 0;

    /// <summary>Makes ready for the next response, and gives back what is held.</summary>
    public void Reset()
    {
        _head.Clear();
        this = default;
    }

    /// <summary>
    /// Takes the next piece of the body from the front of <paramref name="input"/>. False once the input is used up
    /// or the response has ended.
    /// </summary>
    public bool TryReadBody(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> body)
    {
        while (!input.IsEmpty && _part is not (Part.Complete or Part.Malformed))
        {
            switch (_part)
            {
                case Part.Head:
                    ReadHead(ref input);
                    break;
                case Part.BodyUntilClose:
                    body = input;
                    input = default;
                    return true;
                case Part.BodyOfKnownLength or Part.ChunkData:
                    var length = (int)Math.Min(_left, input.Length);
                    body = input[..length];
                    input = input[length..];
                    _left -= length;
                    if (_left == 0) _part = _part == Part.ChunkData ? Part.ChunkEnd : Part.Complete;

                    return true;
                default:
                    ReadFraming(input[0]);
                    input = input[1..];
                    break;
            }
        }

        body = default;
        return false;
    }

    private void ReadHead(ref ReadOnlySpan<byte> input)
    {
        var before = _head.Length;
        _head.Append(input);
        var end = _head.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            input = default;
            if (_head.Length > MaxHeadLength) _part = Part.Malformed;

            return;
        }

        input = input[(end + 4 - before)..];
        ParseHead(_head.Span[..end]);
        _head.Clear();
    }

    private void ParseHead(ReadOnlySpan<byte> head)
    {
        var statusLineEnd = head.IndexOf("\r\n"u8);
        var statusLine = statusLineEnd < 0 ? head : head[..statusLineEnd];
        if (!statusLine.StartsWith("HTTP/1."u8) || statusLine.Length < 12
            || !Utf8Parser.TryParse(statusLine[9..12], out int status, out _))
        {
            _part = Part.Malformed;
            return;
        }

        // An interim response: the final head follows.
        if (status < 200) return;
        Status = status;
        KeepsAlive = statusLine[7] != '0';
        long? length = null;
        var isChunked = false;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            if (HasName(line, "Content-Length:"u8, out var value) && Utf8Parser.TryParse(value, out long number, out _)) length = number;
            else if (HasName(line, "Transfer-Encoding:"u8, out value)) isChunked = EndsWithIgnoringCase(value, "chunked"u8);
            else if (HasName(line, "Connection:"u8, out value) && EndsWithIgnoringCase(value, "close"u8)) KeepsAlive = false;
        }

        _left = isChunked ? 0 : length ?? 0;
        _part = status is 204 or 304 ? Part.Complete
            : isChunked ? Part.ChunkSize
            : length > 0 ? Part.BodyOfKnownLength
            : length == 0 ? Part.Complete
            : Part.BodyUntilClose;
    }

    private void ReadFraming(byte next)
    {
        switch (_part)
        {
            case Part.ChunkSize when char.IsAsciiHexDigit((char)next) && _left < 1L << 40:
                _left = _left * 16 + HexValue(next);
                _inLine = true;
                break;
            case Part.ChunkSize when next is (byte)';' or (byte)' ' && _inLine:
                _part = Part.ChunkExtension;
                break;
            case Part.ChunkSize or Part.ChunkExtension when next == '\n' && _inLine:
                _part = _left == 0 ? Part.Trailers : Part.ChunkData;
                _inLine = false;
                break;
            case Part.ChunkEnd when next == '\n':
                _part = Part.ChunkSize;
                break;
            case Part.Trailers when next == '\n':
                _part = _inLine ? Part.Trailers : Part.Complete;
                _inLine = false;
                break;
            case Part.Trailers when next != '\r':
                _inLine = true;
                break;
            case Part.ChunkExtension:
            case var _ when next == '\r':
                break;
            default:
                _part = Part.Malformed;
                break;
        }
    }

    // Letters lie at 0x41 and 0x61.
    private static int HexValue(byte digit) => (digit & 0xF) + (digit >> 6) * 9;

    private static bool HasName(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var has = line.Length >= name.Length && System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name);
        value = has ? line[name.Length..].Trim((byte)' ') : default;
        return has;
    }

    private static bool EndsWithIgnoringCase(ReadOnlySpan<byte> value, ReadOnlySpan<byte> end) =>
        value.Length >= end.Length && System.Text.Ascii.EqualsIgnoreCase(value[^end.Length..], end);
}
