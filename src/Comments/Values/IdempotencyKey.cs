using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LiveComments;

/// <summary>
/// An author's own name for one post, by which its repeats are known. Only a 128-bit fingerprint (the start of the SHA-256)
/// of the 1 to 64 printable ASCII characters is kept: it has one size in memory and in every store. The person, where a token says who it
/// is, is hashed before them, so that a key belongs to its author.
/// </summary>
/// <param name="Fingerprint">The fingerprint of the key.</param>
public readonly record struct IdempotencyKey(UInt128 Fingerprint)
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The size of <see cref="ToBytes"/>.</summary>
    public const int ByteLength = 16;

    /// <summary>Takes a key as the author sent it; false unless it is 1 to 64 printable ASCII characters.</summary>
    public static bool TryCreate(ReadOnlySpan<char> text, out IdempotencyKey key) => TryCreate(text, null, out key);

    /// <summary>Takes a key of a person; the same text of another person, or of nobody, is another key.</summary>
    public static bool TryCreate(ReadOnlySpan<char> text, AuthorId? author, out IdempotencyKey key)
    {
        key = default;
        if (text.Length is 0 or > MaxLength || text.ContainsAnyExceptInRange(' ', '~')) return false;
        // The byte 0 is in no text, so that no text of nobody is taken for one of a person.
        Span<byte> hashed = stackalloc byte[1 + sizeof(long) + MaxLength];
        var length = 0;
        if (author is { } person)
        {
            BinaryPrimitives.WriteInt64BigEndian(hashed[1..], person.Value);
            length = 1 + sizeof(long);
        }

        length += Encoding.ASCII.GetBytes(text, hashed[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(hashed[..length], hash);
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
