using System.Text;

namespace LiveComments.Storage.DynamoDb;

/// <summary>Entries that were appended together: one item of the table.</summary>
/// <param name="Position">The id that the log ended with before; <see cref="CommentId.None"/> for the first. No two segments of a log have
/// the same.</param>
/// <param name="Writer">A token that nobody but the append that wrote it knows.</param>
/// <param name="Entries">The entries in the order of the log, at least one. Comments that are erased have no texts.</param>
internal sealed record AppendItem(CommentId Position, Guid Writer, IReadOnlyList<LogEntry> Entries)
{
    /// <summary>The largest packed form, so that the item stays below DynamoDB's 400 KB with its names and its key.</summary>
    public const int MaxBytes = 408_000;

    // A segment is written in the first format that can hold it: earlier versions read that as well. From its first removal on, all of a
    // log has the third, so that no earlier version appends to it, which would lose where the last removal is. The fourth is the third, in
    // which comments may answer others.
    private const byte FirstFormat = 1;
    private const byte IdentityFormat = 2;
    private const byte RemovalFormat = 3;
    private const byte ReplyFormat = 4;

    private static readonly IReadOnlyDictionary<CommentId, CommentId> Nothing = new Dictionary<CommentId, CommentId>();

    /// <summary>The id that the log ends with after it.</summary>
    public CommentId Last => Entries[^1].Id;

    /// <summary>The id of the log's last removal up to <see cref="Last"/>; <see cref="CommentId.None"/> if there is none.</summary>
    public CommentId LastRemoval { get; init; }

    /// <summary>The ids of its comments that are erased, each with that of the removal that it was erased for.</summary>
    public IReadOnlyDictionary<CommentId, CommentId> Erased { get; init; } = Nothing;

    /// <summary>How often comments were erased in it; no part of the packed form.</summary>
    public int Erasures { get; init; }

    /// <summary>The item of an append to a log whose last removal was <paramref name="lastRemoval"/>.</summary>
    public static AppendItem Of(CommentId position, IReadOnlyList<LogEntry> entries, CommentId lastRemoval) =>
        new(position, Guid.NewGuid(), entries)
        {
            LastRemoval = entries.LastOrDefault(entry => entry.Removal is not null).Removal?.Id ?? lastRemoval,
        };

    /// <summary>
    /// This item without the texts of those of <paramref name="comments"/> that it has; itself if it has none of them, or all are erased
    /// for this removal already.
    /// </summary>
    public AppendItem Without(IEnumerable<CommentId> comments, CommentId removal)
    {
        var those = comments.ToHashSet();
        those.IntersectWith(Entries.Where(entry => entry.Comment is not null).Select(entry => entry.Id));
        those.RemoveWhere(comment => ErasedFor(comment) == removal);
        if (those.Count == 0) return this;
        var erased = new Dictionary<CommentId, CommentId>(Erased);
        foreach (var comment in those) erased[comment] = removal;
        return this with { Entries = [.. Entries.Select(Erase)], Erased = erased };

        LogEntry Erase(LogEntry entry) =>
            those.Contains(entry.Id) ? new(entry.Comment! with { Author = "", Message = "", ReplyTo = null }, entry.Key) : entry;
    }

    /// <summary>The removal that one of its comments was erased for; null if it was not.</summary>
    public CommentId? ErasedFor(CommentId comment) => Erased.TryGetValue(comment, out var removal) ? removal : null;

    /// <summary>Packs the entries: what an append costs goes by the size of its item.</summary>
    public MemoryStream Pack()
    {
        var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true);
        var format = Entries.Any(entry => entry.Comment?.ReplyTo is not null) ? ReplyFormat
            : LastRemoval > CommentId.None || Erased.Count > 0 ? RemovalFormat
            : Entries.Any(entry => entry.Comment?.Identity is not null) ? IdentityFormat
            : FirstFormat;
        writer.Write(format);
        if (format >= RemovalFormat) writer.Write7BitEncodedInt64(LastRemoval.Value);
        writer.Write7BitEncodedInt(Entries.Count);
        var previous = Position;
        foreach (var entry in Entries)
        {
            writer.Write7BitEncodedInt64(entry.Id.Value - previous.Value);
            previous = entry.Id;
            if (format >= RemovalFormat) PackedEntry.Write(writer, entry, ErasedFor(entry.Id));
            else PackedEntry.WriteComment(writer, entry);
        }

        packed.Position = 0;
        return packed;
    }

    /// <summary>Reads back what <see cref="Pack"/> wrote.</summary>
    /// <exception cref="CommentsUnavailableException">A newer version wrote it.</exception>
    public static AppendItem Unpack(LiveVideoId liveVideoId, CommentId position, Guid writer, Stream packed)
    {
        using var reader = new BinaryReader(packed, Encoding.UTF8);
        var format = reader.ReadByte();
        if (format is not (FirstFormat or IdentityFormat or RemovalFormat or ReplyFormat))
            throw new CommentsUnavailableException(
                $"A segment of {liveVideoId} has format {format}; this program knows the formats up to {ReplyFormat}.");
        var lastRemoval = format >= RemovalFormat ? new CommentId(reader.Read7BitEncodedInt64()) : CommentId.None;
        var entries = new LogEntry[reader.Read7BitEncodedInt()];
        var erased = new Dictionary<CommentId, CommentId>();
        var id = position;
        for (var i = 0; i < entries.Length; i++)
        {
            id = new(id.Value + reader.Read7BitEncodedInt64());
            (entries[i], var erasedFor) = format >= RemovalFormat
                ? PackedEntry.Read(reader, liveVideoId, id)
                : (PackedEntry.ReadComment(reader, liveVideoId, id), null);
            if (erasedFor is { } removal) erased[id] = removal;
        }

        return new(position, writer, entries) { LastRemoval = lastRemoval, Erased = erased };
    }
}
