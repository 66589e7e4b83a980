namespace LiveComments.Storage.Orleans;

/// <summary>
/// A stretch of one video's log as it is stored. Only the last segment of a log ever changes, and it only grows; a full one never does.
/// It is kept in columns: they are small in every serializer, also in those that write the name of a type beside each object.
/// </summary>
[GenerateSerializer, Immutable, Alias("livecomments.LogSegment")]
internal sealed class LogSegment
{
    /// <summary>The ids of its comments, rising.</summary>
    [Id(0)]
    public long[] Ids { get; init; } = [];

    /// <summary>The author of each comment.</summary>
    [Id(1)]
    public string[] Authors { get; init; } = [];

    /// <summary>The message of each comment.</summary>
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
    /// settings agree: a segment that says so is never written again, and none is begun after one that does not.
    /// </summary>
    [Id(6)]
    public bool Full { get; init; }

    // Not public, so that no serializer takes these two for columns.
    /// <summary>The id of its first comment.</summary>
    internal CommentId First => new(Ids[0]);

    /// <summary>The id of its last comment.</summary>
    internal CommentId Last => new(Ids[^1]);

    /// <summary>This segment with more at its end, full where it then has <paramref name="fullAt"/> bytes.</summary>
    public LogSegment With(IReadOnlyList<LogEntry> entries, int fullAt)
    {
        var keyed = Enumerable.Range(0, entries.Count).Where(i => entries[i].Key is not null).ToList();
        var bytes = Bytes + entries.Sum(entry => LogEntry.BytesOf(entry.Comment.Author, entry.Comment.Message, entry.Key));
        return new()
        {
            Ids = [.. Ids, .. entries.Select(entry => entry.Comment.Id.Value)],
            Authors = [.. Authors, .. entries.Select(entry => entry.Comment.Author)],
            Messages = [.. Messages, .. entries.Select(entry => entry.Comment.Message)],
            Keyed = [.. Keyed, .. keyed.Select(i => Ids.Length + i)],
            Keys = [.. Keys, .. keyed.SelectMany(i => entries[i].Key!.Value.ToBytes())],
            Bytes = bytes,
            Full = bytes >= fullAt,
        };
    }

    /// <summary>Its comments with ids below <paramref name="before"/>, newest first.</summary>
    public IEnumerable<Comment> Before(LiveVideoId video, CommentId before)
    {
        var end = Array.BinarySearch(Ids, before.Value);
        for (var i = (end < 0 ? ~end : end) - 1; i >= 0; i--) yield return new(new(Ids[i]), video, Authors[i], Messages[i]);
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
}
