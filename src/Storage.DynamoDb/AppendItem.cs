using System.Text;

namespace LiveComments.Storage.DynamoDb;

/// <summary>Comments that were appended together: one item of the table.</summary>
/// <param name="Position">The id that the log ended with before; <see cref="CommentId.None"/> for the first. No two segments of a log have the same.</param>
/// <param name="Writer">A token that nobody but the append that wrote it knows.</param>
/// <param name="Entries">The comments in the order of the log, at least one.</param>
internal sealed record AppendItem(CommentId Position, Guid Writer, IReadOnlyList<LogEntry> Entries)
{
    /// <summary>The largest packed form, so that the item stays below DynamoDB's 400 KB with its names and its key.</summary>
    public const int MaxBytes = 408_000;

    private const byte FormatVersion = 1;

    /// <summary>The id that the log ends with after it.</summary>
    public CommentId Last => Entries[^1].Comment.Id;

    /// <summary>Packs the entries: what an append costs goes by the size of its item.</summary>
    public MemoryStream Pack()
    {
        var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true);
        writer.Write(FormatVersion);
        writer.Write7BitEncodedInt(Entries.Count);
        var previous = Position.Value;
        foreach (var (comment, key) in Entries)
        {
            writer.Write7BitEncodedInt64(comment.Id.Value - previous);
            previous = comment.Id.Value;
            writer.Write(comment.Author);
            writer.Write(comment.Message);
            writer.Write(key is not null);
            if (key is { } known) writer.Write(known.ToBytes());
        }

        packed.Position = 0;
        return packed;
    }

    /// <summary>Reads back what <see cref="Pack"/> wrote.</summary>
    /// <exception cref="CommentsUnavailableException">A newer version wrote it.</exception>
    public static AppendItem Unpack(LiveVideoId liveVideoId, CommentId position, Guid writer, Stream packed)
    {
        using var reader = new BinaryReader(packed, Encoding.UTF8);
        if (reader.ReadByte() is var version and not FormatVersion)
            throw new CommentsUnavailableException($"A segment of {liveVideoId} has format {version}; this program knows format {FormatVersion}.");
        var entries = new LogEntry[reader.Read7BitEncodedInt()];
        var id = position;
        for (var i = 0; i < entries.Length; i++)
        {
            id = new(id.Value + reader.Read7BitEncodedInt64());
            var comment = new Comment(id, liveVideoId, reader.ReadString(), reader.ReadString());
            entries[i] = new(comment, reader.ReadBoolean() ? IdempotencyKey.FromBytes(reader.ReadBytes(IdempotencyKey.ByteLength)) : null);
        }

        return new(position, writer, entries);
    }
}
