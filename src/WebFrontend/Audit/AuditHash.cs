using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LiveComments.WebFrontend.Audit;

/// <summary>
/// Chains the entries of an audit: the hash of each is of the one before it and of the entry, so who changes, drops, moves or adds one
/// changes all that follow.
/// </summary>
internal static class AuditHash
{
    /// <summary>How an audit of all videos names itself where others name their video.</summary>
    public const string Site = "*";

    /// <summary>What an audit is of: a video, or <see cref="Site"/>.</summary>
    public static string NameOf(LiveVideoId log) => log.Audited?.ToString() ?? Site;

    /// <summary>What precedes the first entry: the hash of the text <c>livecomments-audit:</c> and the name of the audit.</summary>
    public static byte[] Start(string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"livecomments-audit:{name}"));

    /// <summary>
    /// The hash of an entry: SHA-256 of the hash before it, the id (8 bytes, big endian), and author and message, each as UTF-8 behind its
    /// length in bytes (4 bytes, big endian).
    /// </summary>
    public static byte[] Next(ReadOnlySpan<byte> previous, CommentId id, string author, string message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, id.Value);
        hash.AppendData(number);
        foreach (var text in (ReadOnlySpan<string>)[author, message])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
            hash.AppendData(number[..sizeof(int)]);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
