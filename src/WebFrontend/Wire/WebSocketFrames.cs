using System.Buffers;
using System.Buffers.Binary;

namespace LiveComments.WebFrontend.Wire;

/// <summary>Makes the frames that a server sends over a WebSocket (RFC 6455, 5.2): each whole, and not masked.</summary>
internal static class WebSocketFrames
{
    private const byte WholeText = 0x81;

    private static ReadOnlySpan<byte> Ping => [0x89, 0];

    /// <summary>
    /// Whole events of an event stream as frames: each is a text <c>{"type","id","data"}</c> of the event's lines, and a line that clients
    /// pass over is a ping. Made mechanically: what an event carries is in the frame byte for byte.
    /// </summary>
    public static byte[] OfEvents(ReadOnlySpan<byte> events)
    {
        var frames = new ArrayBufferWriter<byte>(events.Length + 64);
        var text = new ArrayBufferWriter<byte>(512);
        while (!events.IsEmpty)
        {
            var end = events.IndexOf("\n\n"u8);
            var lines = end < 0 ? events : events[..end];
            events = end < 0 ? [] : events[(end + 2)..];
            if (lines.StartsWith(":"u8))
            {
                frames.Write(Ping);
                continue;
            }

            text.ResetWrittenCount();
            WriteText(lines, text);
            WriteFrame(text.WrittenSpan, frames);
        }

        return frames.WrittenSpan.ToArray();
    }

    /// <summary>One text as one frame.</summary>
    public static byte[] Text(ReadOnlySpan<byte> utf8)
    {
        var frame = new ArrayBufferWriter<byte>(utf8.Length + 10);
        WriteFrame(utf8, frame);
        return frame.WrittenSpan.ToArray();
    }

    private static void WriteText(ReadOnlySpan<byte> lines, ArrayBufferWriter<byte> text)
    {
        ReadOnlySpan<byte> id = [], type = "retry"u8, data = [];
        foreach (var range in lines.Split((byte)'\n'))
        {
            var line = lines[range];
            if (line.StartsWith("id: "u8)) id = line[4..];
            else if (line.StartsWith("event: "u8)) type = line[7..];
            else if (line.StartsWith("data: "u8)) data = line[6..];
            else if (line.StartsWith("retry: "u8)) data = line[7..];
        }

        text.Write("{\"type\":\""u8);
        text.Write(type);
        if (!id.IsEmpty)
        {
            // A string, as all ids are: JavaScript's numbers are too small for it.
            text.Write("\",\"id\":\""u8);
            text.Write(id);
        }

        text.Write("\",\"data\":"u8);
        text.Write(data);
        text.Write("}"u8);
    }

    private static void WriteFrame(ReadOnlySpan<byte> payload, ArrayBufferWriter<byte> frames)
    {
        var header = frames.GetSpan(10);
        header[0] = WholeText;
        var length = 2;
        if (payload.Length < 126)
        {
            header[1] = (byte)payload.Length;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            header[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)payload.Length);
            length = 4;
        }
        else
        {
            header[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(header[2..], (ulong)payload.Length);
            length = 10;
        }

        frames.Advance(length);
        frames.Write(payload);
    }
}
