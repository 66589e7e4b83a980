using System.Buffers.Binary;

namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>
/// Looks at what a client sends on its way to the server: which streams begin and end, and what it allows to be sent. Of that the server
/// learns less, see <see cref="FlowControl"/>; everything else passes as it is, also what breaks the protocol.
/// </summary>
internal sealed class ClientFrames(FlowControl flow)
{
    // Of those that are looked into. Clients send some six settings of 6 bytes each.
    private const int MaxSettings = 240;
    private const int SettingSize = 6;
    private const int InitialWindowSize = 4;
    private const int NumberSize = 4;

    // What is kept back until the rest of its frame has come.
    private readonly byte[] _held = new byte[FrameHeader.Size + MaxSettings];
    private int _heldCount;

    // What each connection begins with (RFC 9113, 3.4).
    private int _passing = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length;

    /// <summary>Puts what was held back before what comes next.</summary>
    /// <returns>How many bytes that are.</returns>
    public int Restore(Span<byte> buffer)
    {
        _held.AsSpan(0, _heldCount).CopyTo(buffer);
        var count = _heldCount;
        _heldCount = 0;
        return count;
    }

    /// <summary>Looks at the bytes that have come, with what was held back before them, and takes out what the server is not to know.</summary>
    /// <returns>How many bytes are left for the server, at the beginning.</returns>
    public int Pass(Span<byte> bytes)
    {
        var (read, written) = (0, 0);
        while (read < bytes.Length)
        {
            var rest = bytes[read..];
            if (_passing == 0)
            {
                if (rest.Length < FrameHeader.Size) break;
                var header = FrameHeader.Read(rest);
                var whole = FrameHeader.Size + header.Length;
                if (!TellsOfWindows(header))
                {
                    if (header.Type == FrameHeader.Headers) flow.Begin(header.Stream);
                    _passing = whole;
                }
                else if (rest.Length < whole)
                {
                    break;
                }
                else if (Judge(header, rest[FrameHeader.Size..whole]))
                {
                    _passing = whole;
                }
                else
                {
                    read += whole;
                    continue;
                }
            }

            var passed = Math.Min(_passing, rest.Length);
            rest[..passed].CopyTo(bytes[written..]);
            (read, written, _passing) = (read + passed, written + passed, _passing - passed);
        }

        bytes[read..].CopyTo(_held);
        _heldCount = bytes.Length - read;
        return written;
    }

    private static bool TellsOfWindows(FrameHeader header) => header.Type switch
    {
        FrameHeader.WindowUpdate or FrameHeader.Reset => header.Length == NumberSize,
        FrameHeader.Settings => header is { IsAcknowledgement: false, Length: <= MaxSettings } && header.Length % SettingSize == 0,
        _ => false,
    };

    /// <summary>False if the server is not to see it. May change it.</summary>
    private bool Judge(FrameHeader header, Span<byte> payload)
    {
        if (header.Type == FrameHeader.Settings)
        {
            for (; !payload.IsEmpty; payload = payload[SettingSize..])
            {
                var value = BinaryPrimitives.ReadUInt32BigEndian(payload[2..]);
                if (BinaryPrimitives.ReadUInt16BigEndian(payload) == InitialWindowSize && value <= int.MaxValue) flow.SetInitialWindow((int)value);
            }

            return true;
        }

        if (header.Type == FrameHeader.Reset)
        {
            flow.End(header.Stream);
            return true;
        }

        var increment = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
        // An error, which the server answers.
        if (increment == 0) return true;
        var allowed = flow.Allow(header.Stream, increment);
        BinaryPrimitives.WriteInt32BigEndian(payload, allowed);
        return allowed > 0;
    }
}
