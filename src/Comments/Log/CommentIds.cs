using System.Buffers.Binary;

namespace LiveComments;

/// <summary>Lists of ids as they are stored: 8 bytes each, big endian.</summary>
internal static class CommentIds
{
    public static byte[] ToBytes(IReadOnlyList<CommentId> ids)
    {
        var bytes = new byte[ids.Count * sizeof(long)];
        for (var i = 0; i < ids.Count; i++) BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * sizeof(long)), ids[i].Value);
        return bytes;
    }

    public static CommentId[] FromBytes(byte[] bytes)
    {
        var ids = new CommentId[bytes.Length / sizeof(long)];
        for (var i = 0; i < ids.Length; i++) ids[i] = new(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(i * sizeof(long))));
        return ids;
    }
}
