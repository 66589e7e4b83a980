using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>
/// Which comments a removal takes back: those that it names, or those of an author (of everybody, if it names none) from one id to another.
/// </summary>
/// <param name="Ids">The ids, 1 to <see cref="MostIds"/> of them; null if it is a range.</param>
/// <param name="AuthorId">The author whose comments of the range are meant; null = everybody's.</param>
/// <param name="From">The first id of the range; null if there are <paramref name="Ids"/>.</param>
/// <param name="To">The last id of the range; null if there are <paramref name="Ids"/>.</param>
public sealed record RemovedComments(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CommentId>? Ids = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AuthorId? AuthorId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? From = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? To = null)
{
    /// <summary>
    /// None: such a removal is told to nobody. It only moves the end of the log, so that another owner finds out that something else, a
    /// ban, was decided.
    /// </summary>
    public static RemovedComments None { get; } = new(From: CommentId.None, To: CommentId.None);

    /// <summary>
    /// The id of the removal, if it is told before its place in the stream (<see cref="CommentBatch.Early"/>); else null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CommentId? Early { get; init; }

    /// <summary>The most ids that one removal names.</summary>
    public const int MostIds = 1_000;

    /// <summary>Whether it says which comments, in one of the two ways.</summary>
    [JsonIgnore]
    public bool IsValid => Ids is not null ? Ids.Count is > 0 and <= MostIds : From is not null && To is not null;

    /// <summary>Whether there are none.</summary>
    [JsonIgnore]
    public bool AreNone => Ids is null && To == CommentId.None;

    /// <summary>Whether they may be of this id, whoever the author is.</summary>
    public bool Reach(CommentId id) => Ids is not null ? Ids.Contains(id) : id >= From && id <= To;

    /// <summary>Whether a comment is among them.</summary>
    public bool Include(Comment comment) => Include(comment.Id, comment.AuthorId);

    /// <summary>Whether the comment of this id, by this author if that is known, is among them.</summary>
    public bool Include(CommentId id, AuthorId? author) =>
        Reach(id) && (Ids is not null || AuthorId is null || AuthorId == author);
}
