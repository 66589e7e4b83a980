namespace LiveComments.Storage.DynamoDb;

/// <summary>How an entry stands in a packed segment, after its id.</summary>
internal static class PackedEntry
{
    // What follows: in the first two formats after the texts of a comment, from the third on before all. The first format has HasKey or 0,
    // and only the fourth has HasReply.
    private const byte HasKey = 1;
    private const byte HasIdentity = 2;
    private const byte IsErased = 4;
    private const byte IsRemoval = 8;
    private const byte HasIds = 16;
    private const byte HasAuthor = 32;
    private const byte HasReply = 64;

    /// <summary>Writes a comment as the first two formats have it.</summary>
    public static void WriteComment(BinaryWriter writer, LogEntry entry)
    {
        writer.Write(entry.Comment!.Author);
        writer.Write(entry.Comment.Message);
        writer.Write(PartsOf(entry));
        WriteParts(writer, entry);
    }

    /// <summary>Reads back what <see cref="WriteComment"/> wrote.</summary>
    public static LogEntry ReadComment(BinaryReader reader, LiveVideoId liveVideoId, CommentId id)
    {
        var comment = new Comment(id, liveVideoId, reader.ReadString(), reader.ReadString());
        return ReadParts(reader, comment, reader.ReadByte());
    }

    /// <summary>Writes an entry as the third format and the fourth have it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="erasedFor">The removal that it was erased for, if it is a comment without texts.</param>
    public static void Write(BinaryWriter writer, LogEntry entry, CommentId? erasedFor)
    {
        if (entry.Removal is { } removal)
        {
            WriteRemoved(writer, removal.Removed);
            return;
        }

        writer.Write((byte)(PartsOf(entry) | (erasedFor is null ? 0 : IsErased)));
        if (erasedFor is { } known)
        {
            writer.Write7BitEncodedInt64(known.Value);
        }
        else
        {
            writer.Write(entry.Comment!.Author);
            writer.Write(entry.Comment.Message);
        }

        WriteParts(writer, entry);
    }

    /// <summary>Reads back what <see cref="Write"/> wrote.</summary>
    public static (LogEntry Entry, CommentId? ErasedFor) Read(BinaryReader reader, LiveVideoId liveVideoId, CommentId id)
    {
        var parts = reader.ReadByte();
        if ((parts & IsRemoval) != 0) return (new(new Removal(id, ReadRemoved(reader, parts))), null);
        CommentId? erasedFor = (parts & IsErased) != 0 ? new(reader.Read7BitEncodedInt64()) : null;
        var comment = erasedFor is null
            ? new Comment(id, liveVideoId, reader.ReadString(), reader.ReadString())
            : new Comment(id, liveVideoId, "", "");
        return (ReadParts(reader, comment, parts), erasedFor);
    }

    private static byte PartsOf(LogEntry entry) =>
        (byte)((entry.Key is null ? 0 : HasKey) | (entry.Comment?.Identity is null ? 0 : HasIdentity)
            | (entry.Comment?.ReplyTo is null ? 0 : HasReply));

    private static void WriteParts(BinaryWriter writer, LogEntry entry)
    {
        if (entry.Key is { } key) writer.Write(key.ToBytes());
        if (entry.Comment?.Identity is { } author)
        {
            writer.Write(author.Id.Value);
            writer.Write(author.Marks);
        }

        if (entry.Comment?.ReplyTo is { } parent) writer.Write(parent.Value);
    }

    private static LogEntry ReadParts(BinaryReader reader, Comment comment, byte parts)
    {
        IdempotencyKey? key = (parts & HasKey) != 0 ? IdempotencyKey.FromBytes(reader.ReadBytes(IdempotencyKey.ByteLength)) : null;
        if ((parts & HasIdentity) != 0)
            comment = comment with { Identity = AuthorIdentity.FromStore(reader.ReadInt64(), reader.ReadByte()) };
        if ((parts & HasReply) != 0) comment = comment with { ReplyTo = new CommentId(reader.ReadInt64()) };
        return new(comment, key);
    }

    private static void WriteRemoved(BinaryWriter writer, RemovedComments removed)
    {
        writer.Write((byte)(IsRemoval | (removed.Ids is null ? 0 : HasIds) | (removed.AuthorId is null ? 0 : HasAuthor)));
        if (removed.AuthorId is { } author) writer.Write(author.Value);
        if (removed.Ids is not { } ids)
        {
            writer.Write((removed.From ?? default).Value);
            writer.Write((removed.To ?? default).Value);
            return;
        }

        writer.Write7BitEncodedInt(ids.Count);
        foreach (var id in ids) writer.Write(id.Value);
    }

    private static RemovedComments ReadRemoved(BinaryReader reader, byte parts)
    {
        AuthorId? author = (parts & HasAuthor) != 0 ? new(reader.ReadInt64()) : null;
        if ((parts & HasIds) == 0) return new(AuthorId: author, From: new(reader.ReadInt64()), To: new(reader.ReadInt64()));
        var ids = new CommentId[reader.Read7BitEncodedInt()];
        for (var i = 0; i < ids.Length; i++) ids[i] = new(reader.ReadInt64());
        return new(Ids: ids, AuthorId: author);
    }
}
