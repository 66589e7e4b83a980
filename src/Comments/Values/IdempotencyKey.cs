using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LiveComments;

/// <summary>
/// An author's own name for one post, by which its repeats are known. Only a 128-bit fingerprint (the start of the SHA-256)
/// of the 1 to 64 printable ASCII characters is kept: it has one size in memory and in every store.
/// </summary>
/// <param name="Fingerprint">The fingerprint of the key.</param>
public readonly record struct IdempotencyKey(UInt128 Fingerprint)
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The size of <see cref="ToBytes"/>.</summary>
    public const int ByteLength = 16;

    /// <summary>Takes a key as the author sent it; false unless it is 1 to 64 printable ASCII characters.</summary>
    public static bool TryCreate(ReadOnlySpan<char> text, out IdempotencyKey key)
    {
        key = default;
        if (text.Length is 0 or > MaxLength || text.ContainsAnyExceptInRange(' ', '~')) return false;
        Span<byte> ascii = stackalloc byte[MaxLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ascii[..Encoding.ASCII.GetBytes(text, ascii)], hash);
        key = FromBytes(hash[..ByteLength]);
        return true;
    }

    /// <summary>Reads back what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than <see cref="ByteLength"/> bytes.</exception>
    public static IdempotencyKey FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>The form in which stores keep it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Fingerprint);
        return bytes;
    }
}
