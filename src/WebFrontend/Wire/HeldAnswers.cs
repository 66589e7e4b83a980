using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>A held comment, as moderators are shown it.</summary>
/// <param name="Id">What it is called while it is held. If it is published it gets another id then.</param>
/// <param name="LiveVideoId">The video that it was posted to.</param>
/// <param name="Author">The author's name.</param>
/// <param name="Message">The text.</param>
/// <param name="CreatedAt">When it was posted.</param>
/// <param name="AuthorId">The author, or the address of somebody without a token.</param>
/// <param name="Verified">Whether the author's name came from a token.</param>
/// <param name="Reason">Why it is held, a word or two in lower case.</param>
/// <param name="Word">The word of the list that it is held for, if it is: up to 100 characters.</param>
/// <param name="ReplyTo">The comment that it answers, if it answers one.</param>
internal sealed record ShownHeldComment(
    CommentId Id,
    LiveVideoId LiveVideoId,
    string Author,
    string Message,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AuthorId? AuthorId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Verified,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Word,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? ReplyTo)
{
    /// <summary>Takes it from the log of held comments.</summary>
    public static ShownHeldComment Of(Comment entry)
    {
        var held = HeldComment.Of(entry);
        return new(
            entry.Id, entry.LiveVideoId.OfShown, entry.Author, held.Message, entry.CreatedAt, entry.Identity?.Id, entry.Verified,
            held.Reason, held.Word, held.ReplyTo);
    }
}

/// <summary>Some comments that are held, newest first.</summary>
/// <param name="Comments">The comments.</param>
/// <param name="NextCursor">Where the next page begins; null if there is none.</param>
/// <param name="AsOf">Up to where this is true of them.</param>
internal sealed record HeldPage(IReadOnlyList<ShownHeldComment> Comments, CommentId? NextCursor, CommentId AsOf);

/// <summary>What became of a held comment.</summary>
/// <param name="Status"><c>held</c>, <c>published</c>, <c>refused</c> or <c>expired</c>.</param>
/// <param name="HeldId">What it is called while it is held.</param>
/// <param name="Expires">When it expires, if it is held.</param>
/// <param name="Id">The id that it was published under, if it was.</param>
internal sealed record HeldAnswer(
    string Status,
    CommentId HeldId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Expires = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? Id = null);

/// <summary>The body of a decision on a held comment.</summary>
/// <param name="Decision"><c>publish</c> or <c>refuse</c>.</param>
/// <param name="Reason">Why, in a word or two: up to 100 characters.</param>
/// <param name="Note">What else moderators should know: up to 500 characters.</param>
internal sealed record NewDecision(string? Decision, string? Reason, string? Note)
{
    /// <summary>What a body looks like.</summary>
    public const string Example = """{"decision":"publish"} or {"decision":"refuse"}""";
}
