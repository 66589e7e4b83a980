using System.Text;

namespace LiveComments.Storage.Orleans;

/// <summary>
/// A stretch of one video's log as it is stored. Only the last segment of a log takes entries. Any is written anew where comments are
/// erased.
/// It is kept in columns: they are small in every serializer, also in those that write the name of a type beside each object. What only
/// logs with removals have is null or 0 elsewhere; as JSON it is left out.
/// </summary>
[GenerateSerializer, Immutable, Alias("livecomments.LogSegment")]
internal sealed record LogSegment
{
    // What is kept of an erased comment beside its row. As JSON it is a position and an id.
    private const int ErasedBytes = 16;

    /// <summary>The ids of its entries, rising.</summary>
    [Id(0)]
    public long[] Ids { get; init; } = [];

    /// <summary>The author of each comment; empty for removals and erased comments.</summary>
    [Id(1)]
    public string[] Authors { get; init; } = [];

    /// <summary>The message of each comment; empty for removals and erased comments.</summary>
    [Id(2)]
    public string[] Messages { get; init; } = [];

    /// <summary>Which comments were posted under a key, as positions in the other columns, rising.</summary>
    [Id(3)]
    public int[] Keyed { get; init; } = [];

    /// <summary>The keys of those comments, each of <see cref="IdempotencyKey.ByteLength"/> bytes, one after the other.</summary>
    [Id(4)]
    public byte[] Keys { get; init; } = [];

    /// <summary>Its size.</summary>
    [Id(5)]
    public int Bytes { get; init; }

    /// <summary>
    /// Whether the log goes on in the next segment. It is stored, and not worked out from the size, so that owners with different
    /// settings agree: a segment that says so takes no more entries, and none is begun after one that does not.
    /// </summary>
    [Id(6)]
    public bool Full { get; init; }

    /// <summary>Which comments have an author's identity, as positions in the other columns, rising. Earlier versions wrote none.</summary>
    [Id(7)]
    public int[] Identified { get; init; } = [];

    /// <summary>The author ids of those comments.</summary>
    [Id(8)]
    public long[] AuthorIds { get; init; } = [];

    /// <summary>The marks of those authors, as <see cref="AuthorIdentity.Marks"/> has them.</summary>
    [Id(9)]
    public byte[] Marks { get; init; } = [];

    /// <summary>Its removals; null if it has none.</summary>
    [Id(10)]
    public RemovalColumns? Removals { get; init; }

    /// <summary>Its comments that are erased; null if none are.</summary>
    [Id(11)]
    public ErasedColumns? Erased { get; init; }

    /// <summary>The id of the log's last removal up to its end; 0 if there is none.</summary>
    [Id(12)]
    public long LastRemoval { get; init; }

    /// <summary>
    /// How often comments were erased in full segments of this log. The last segment has the count, and who erases raises it there once the
    /// full ones are written: a full segment that was read under another count may hold what is erased by now. In a full segment it never
    /// changes.
    /// </summary>
    [Id(13)]
    public int Erasures { get; init; }

    /// <summary>Where the log ends before a segment that has no entries yet: one that was begun only to count an erasure.</summary>
    [Id(14)]
    public long After { get; init; }

    /// <summary>
    /// Whether the video stands in the list of videos. It is entered before this is written: with the first entry of its log, or, where
    /// earlier versions wrote those, with the next one.
    /// </summary>
    [Id(15)]
    public bool Listed { get; init; }

    /// <summary>Its comments that answer others; null if none do.</summary>
    [Id(16)]
    public ReplyColumns? Replies { get; init; }

    // Not public, so that no serializer takes these two for columns.
    /// <summary>The id of its first entry; where it has none, the lowest that it may get.</summary>
    internal CommentId First => new(Ids.Length > 0 ? Ids[0] : After + 1);

    /// <summary>The id of the last entry of the log up to its end.</summary>
    internal CommentId Last => new(Ids.Length > 0 ? Ids[^1] : After);

    /// <summary>This segment with more at its end, full where it then has <paramref name="fullAt"/> bytes.</summary>
    public LogSegment With(IReadOnlyList<LogEntry> entries, int fullAt)
    {
        var places = Enumerable.Range(0, entries.Count);
        var keyed = places.Where(i => entries[i].Key is not null).ToList();
        var identified = places.Where(i => entries[i].Comment?.Identity is not null).ToList();
        var replies = places.Where(i => entries[i].Comment?.ReplyTo is not null).ToList();
        var removals = places.Where(i => entries[i].Removal is not null).ToList();
        var bytes = Bytes + entries.Sum(entry => entry.Bytes);
        return this with
        {
            Ids = [.. Ids, .. entries.Select(entry => entry.Id.Value)],
            Authors = [.. Authors, .. entries.Select(entry => entry.Comment?.Author ?? "")],
            Messages = [.. Messages, .. entries.Select(entry => entry.Comment?.Message ?? "")],
            Keyed = [.. Keyed, .. keyed.Select(i => Ids.Length + i)],
            Keys = [.. Keys, .. keyed.SelectMany(i => entries[i].Key!.Value.ToBytes())],
            Identified = [.. Identified, .. identified.Select(i => Ids.Length + i)],
            AuthorIds = [.. AuthorIds, .. identified.Select(i => entries[i].Comment!.Identity!.Value.Id.Value)],
            Marks = [.. Marks, .. identified.Select(i => entries[i].Comment!.Identity!.Value.Marks)],
            Removals = removals.Count == 0
                ? Removals
                : (Removals ?? new()).With([.. removals.Select(i => (Ids.Length + i, entries[i].Removal!.Removed))]),
            Replies = replies.Count == 0
                ? Replies
                : (Replies ?? new()).With([.. replies.Select(i => (Ids.Length + i, entries[i].Comment!.ReplyTo!.Value))]),
            LastRemoval = removals.Count == 0 ? LastRemoval : entries[removals[^1]].Id.Value,
            After = 0,
            Listed = true,
            Bytes = bytes,
            Full = bytes >= fullAt,
        };
    }

    /// <summary>The segment that follows a full one, without entries.</summary>
    public LogSegment Next() => new() { After = Last.Value, LastRemoval = LastRemoval, Erasures = Erasures, Listed = Listed };

    /// <summary>
    /// This segment without the texts of those of <paramref name="comments"/> that it has. Itself if they are erased for this removal
    /// already; null if it has none of them.
    /// </summary>
    public LogSegment? Without(IEnumerable<CommentId> comments, CommentId removal)
    {
        var positions = comments.Select(comment => Array.BinarySearch(Ids, comment.Value))
            .Where(position => position >= 0 && Removals?.At(position) is null).ToList();
        if (positions.Count == 0) return null;
        if (positions.TrueForAll(position => Erased?.RemovalAt(position) == removal)) return this;
        var (authors, messages, bytes) = (Authors.ToArray(), Messages.ToArray(), Bytes);
        foreach (var position in positions.Where(position => Erased?.RemovalAt(position) is null))
        {
            bytes += ErasedBytes - Encoding.UTF8.GetByteCount(authors[position]) - Encoding.UTF8.GetByteCount(messages[position]);
            (authors[position], messages[position]) = ("", "");
        }

        return this with
        {
            Authors = authors,
            Messages = messages,
            Bytes = bytes,
            Erased = (Erased ?? new()).With(positions, removal),
            Replies = Replies?.Without(positions),
        };
    }

    /// <summary>What it has under an id.</summary>
    public FoundEntry Find(LiveVideoId video, CommentId id)
    {
        var position = Array.BinarySearch(Ids, id.Value);
        return position < 0 ? default : RowAt(video, position).Entry;
    }

    /// <summary>Its entries with ids below <paramref name="before"/>, newest first.</summary>
    public IEnumerable<SegmentRow> RowsBefore(LiveVideoId video, CommentId before)
    {
        var end = Array.BinarySearch(Ids, before.Value);
        for (var i = (end < 0 ? ~end : end) - 1; i >= 0; i--) yield return RowAt(video, i);
    }

    /// <summary>The keys of its comments from <paramref name="from"/> on, in the order of the log.</summary>
    public IEnumerable<KeyValuePair<IdempotencyKey, CommentId>> KeysFrom(CommentId from)
    {
        for (var i = 0; i < Keyed.Length; i++)
        {
            var id = new CommentId(Ids[Keyed[i]]);
            if (id >= from)
                yield return new(IdempotencyKey.FromBytes(Keys.AsSpan(i * IdempotencyKey.ByteLength, IdempotencyKey.ByteLength)), id);
        }
    }

    private SegmentRow RowAt(LiveVideoId video, int position)
    {
        var id = new CommentId(Ids[position]);
        var identified = Array.BinarySearch(Identified, position);
        AuthorIdentity? identity = identified < 0 ? null : AuthorIdentity.FromStore(AuthorIds[identified], Marks[identified]);
        if (Removals?.At(position) is { } removed) return new(id, null, new(Removal: new(id, removed)));
        if (Erased?.RemovalAt(position) is { } removal) return new(id, identity, new(RemovedBy: removal));
        return new(
            id, identity,
            new(new Comment(id, video, Authors[position], Messages[position]) { Identity = identity, ReplyTo = Replies?.At(position) }));
    }
}
