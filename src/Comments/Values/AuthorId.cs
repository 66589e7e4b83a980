using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace LiveComments;

/// <summary>
/// Names the person who wrote a comment, the same on every video. It is 64 bits of a keyed hash of who the issuer of the token says it is:
/// nobody without the key finds the person from it.
/// </summary>
/// <param name="Value">The bits.</param>
public readonly record struct AuthorId(long Value)
{
    /// <summary>The length of its text.</summary>
    public const int Length = 11;

    /// <summary>Takes the id from the first 8 bytes of a keyed hash.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 8 bytes.</exception>
    public static AuthorId FromHash(ReadOnlySpan<byte> hash) => new(BinaryPrimitives.ReadInt64BigEndian(hash));

    /// <summary>Reads what <see cref="ToString"/> wrote; false if it is something else.</summary>
    public static bool TryParse(string? text, out AuthorId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        if (text is not { Length: Length }
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != bytes.Length)
            return false;
        id = FromHash(bytes);
        return true;
    }

    /// <summary>The id as 11 characters of <c>[A-Za-z0-9_-]</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Value);
        return Base64Url.EncodeToString(bytes);
    }
}
