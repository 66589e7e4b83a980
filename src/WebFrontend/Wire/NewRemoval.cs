using System.Text;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>The body of a request to remove many comments: an author's, everybody's, or those that it names.</summary>
/// <param name="AuthorId">Whose.</param>
/// <param name="All">Whether everybody's.</param>
/// <param name="Ids">Which: up to <see cref="MostIds"/>.</param>
/// <param name="Since">
/// From when on: a duration before now (ISO 8601, <c>PT10M</c>) or a time (RFC 3339). Absent: all that there are. Not with ids.
/// </param>
/// <param name="Reason">Why, in a word or two: up to 100 characters.</param>
/// <param name="Note">What else moderators should know: up to 500 characters.</param>
internal sealed record NewRemoval(
    AuthorId? AuthorId, bool All, IReadOnlyList<CommentId>? Ids, string? Since, string? Reason, string? Note)
{
    /// <summary>The most comments that one request names.</summary>
    public const int MostIds = 100;

    /// <summary>What a body looks like.</summary>
    public const string Example = """{"authorId":"…","since":"PT10M"}, {"all":true} or {"ids":["…","…"]}""";
}

/// <summary>The body of a request to remove one comment.</summary>
/// <param name="Reason">Why, in a word or two: up to 100 characters.</param>
/// <param name="Note">What else moderators should know: up to 500 characters.</param>
internal sealed record RemovalReason(string? Reason, string? Note)
{
    /// <summary>What a body looks like.</summary>
    public const string Example = """{"reason":"spam"}, or no body""";

    /// <summary>None.</summary>
    public static RemovalReason None { get; } = new(null, null);

    private const int LongestReason = 100;
    private const int LongestNote = 500;

    /// <summary>What is wrong with it, by field.</summary>
    public Dictionary<string, string[]> Complaints
    {
        get
        {
            var complaints = new Dictionary<string, string[]>();
            Check("reason", Reason, LongestReason);
            Check("note", Note, LongestNote);
            return complaints;

            void Check(string name, string? text, int longest)
            {
                if (text is not null && (text.EnumerateRunes().Count() > longest || text.EnumerateRunes().Any(Rune.IsControl)))
                    complaints[name] = [$"Send up to {longest} characters without control characters."];
            }
        }
    }
}

/// <summary>How many comments were removed.</summary>
/// <param name="Count">0 if there were none, or they had been removed before.</param>
/// <param name="RemovalId">The removal, the last one if there are several; absent if there were no comments.</param>
internal sealed record RemovedCount(
    int Count, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? RemovalId = null);

/// <summary>What the audit says of a removal of many.</summary>
/// <param name="From">From which id on; absent: all that there were, or those of <paramref name="Ids"/>.</param>
/// <param name="Ids">Which; absent: all of the author's, or everybody's.</param>
internal sealed record RemovedMany(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? From,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CommentId>? Ids = null);
