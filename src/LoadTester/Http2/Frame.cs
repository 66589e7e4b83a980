using System.Buffers.Binary;

namespace LiveComments.LoadTester.Http2;

/// <summary>The nine bytes in front of a frame's payload (RFC 9113, 4.1).</summary>
/// <param name="Length">Bytes of the payload.</param>
/// <param name="Type">What the payload is.</param>
/// <param name="Flags">What the flags mean depends on the type.</param>
/// <param name="Stream">The stream, or 0 for the whole connection.</param>
internal readonly record struct Frame(int Length, FrameType Type, byte Flags, int Stream)
{
    public const int HeaderSize = 9;

    /// <summary>The longest payload, as long as nobody has asked for longer ones.</summary>
    public const int MaxLength = 16 * 1024;

    public const byte EndStream = 0x1, Ack = 0x1, EndHeaders = 0x4, Padded = 0x8, Priority = 0x20;

    /// <summary>Whether it has this flag.</summary>
    public bool Has(byte flag) => (Flags & flag) != 0;

    public static Frame Parse(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadUInt16BigEndian(header) << 8 | header[2],
        (FrameType)header[3],
        header[4],
        BinaryPrimitives.ReadInt32BigEndian(header[5..]) & int.MaxValue);

    /// <summary>The whole frame with this payload.</summary>
    public static byte[] Write(FrameType type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[HeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, payload.Length << 8 | (byte)type);
        bytes[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), stream);
        payload.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    /// <summary>The frame that lets the server send more on a stream, or with 0 on the connection.</summary>
    public static byte[] WindowUpdate(int stream, int increment)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, increment);
        return Write(FrameType.WindowUpdate, 0, stream, payload);
    }
}
