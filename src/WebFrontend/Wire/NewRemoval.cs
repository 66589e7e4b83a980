using System.Text;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Wire;

/// <summary>The body of a request to remove many comments: either an author's, or everybody's.</summary>
/// <param name="AuthorId">Whose.</param>
/// <param name="All">Whether everybody's.</param>
/// <param name="Since">
/// From when on: a duration before now (ISO 8601, <c>PT10M</c>) or a time (RFC 3339). Absent: all that there are.
/// </param>
/// <param name="Reason">Why, in a word or two: up to 100 characters.</param>
/// <param name="Note">What else moderators should know: up to 500 characters.</param>
internal sealed record NewRemoval(AuthorId? AuthorId, bool All, string? Since, string? Reason, string? Note)
{
    /// <summary>What a body looks like.</summary>
    public const string Example = """{"authorId":"…","since":"PT10M"} or {"all":true}""";
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
/// <param name="From">From which id on; absent: all that there were.</param>
internal sealed record RemovedFrom(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentId? From);
