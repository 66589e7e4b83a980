using System.Text.Json.Serialization;

namespace LiveComments.Client;

/// <summary>
/// Which comments a removal takes back: those that it names, or those of an author (of everybody, if it names none) from one id to another,
/// both included.
/// </summary>
/// <param name="Ids">The ids; null if it is a range.</param>
/// <param name="AuthorId">The author whose comments of the range are meant; null = everybody's.</param>
/// <param name="From">The first id of the range; null if there are <paramref name="Ids"/>.</param>
/// <param name="To">The last id of the range; null if there are <paramref name="Ids"/>.</param>
public sealed record RemovedComments(
    IReadOnlyList<CommentId>? Ids = null, string? AuthorId = null, CommentId? From = null, CommentId? To = null)
{
    /// <summary>Whether a comment is among them: it is not to be shown any more.</summary>
    public bool Include(Comment comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        return Ids is not null
            ? Ids.Contains(comment.Id)
            : comment.Id >= From && comment.Id <= To && (AuthorId is null || AuthorId == comment.AuthorId);
    }

    /// <summary>The id of the removal, if it is told before its place in the stream.</summary>
    [JsonInclude]
    internal CommentId? Early { get; init; }

    [JsonIgnore]
    internal bool IsValid => Ids is not null ? Ids.Count > 0 : From is not null && To is not null;
}
