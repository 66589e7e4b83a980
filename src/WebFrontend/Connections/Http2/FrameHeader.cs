using System.Buffers.Binary;

namespace LiveComments.WebFrontend.Connections.Http2;

/// <summary>What every frame of HTTP/2 begins with (RFC 9113, 4.1).</summary>
/// <param name="Length">The bytes behind it.</param>
/// <param name="Type">The kind of frame.</param>
/// <param name="Flags">What they mean depends on the kind.</param>
/// <param name="Stream">0 is the connection itself.</param>
internal readonly record struct FrameHeader(int Length, byte Type, byte Flags, int Stream)
{
    /// <summary>Its own length in bytes.</summary>
    public const int Size = 9;

    /// <summary>The most bytes behind it, unless the peer has allowed more.</summary>
    public const int MaxLength = 16_384;

    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte WindowUpdate = 8;

    private const byte Acknowledges = 1;
    private const byte EndsStream = 1;
    private const int WithoutReservedBit = int.MaxValue;

    /// <summary>Whether nothing more comes from its sender on this stream.</summary>
    public bool IsLast => Type == Reset || (Type is Data or Headers && (Flags & EndsStream) != 0);

    /// <summary>Whether it says no more than that the other's settings are known.</summary>
    public bool IsAcknowledgement => (Flags & Acknowledges) != 0;

    /// <summary>Reads one from the first <see cref="Size"/> bytes.</summary>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes) => new(
        (bytes[0] << 16) | (bytes[1] << 8) | bytes[2], bytes[3], bytes[4], BinaryPrimitives.ReadInt32BigEndian(bytes[5..]) & WithoutReservedBit);

    /// <summary>Writes it into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, (Length << 8) | Type);
        bytes[4] = Flags;
        BinaryPrimitives.WriteInt32BigEndian(bytes[5..], Stream);
    }
}
