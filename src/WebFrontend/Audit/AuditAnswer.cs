using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Audit;

/// <summary>A page of an audit, newest first.</summary>
/// <param name="Entries">What was done.</param>
/// <param name="NextCursor">Where the next page begins (exclusive); null if this one reaches the first entry.</param>
/// <param name="Checkpoint">The last checkpoint; null if there is none lately.</param>
internal sealed record AuditPage(
    IReadOnlyList<AuditAnswer> Entries,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] CommentId? NextCursor,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] CheckpointAnswer? Checkpoint);

/// <summary>The last checkpoint. Keep <paramref name="Jws"/> elsewhere: it proves all up to the entry.</summary>
/// <param name="Entry">Up to which entry it goes.</param>
/// <param name="Hash">The hash of that entry.</param>
/// <param name="At">When it was signed.</param>
/// <param name="Jws">All that, signed.</param>
internal sealed record CheckpointAnswer(string Entry, string Hash, DateTimeOffset At, string Jws);

/// <summary>Who did something.</summary>
/// <param name="AuthorId">The person.</param>
/// <param name="Name">The name, if the issuer of the token vouches for one.</param>
internal sealed record AuditPerson(string AuthorId, string? Name);

/// <summary>An entry of an audit.</summary>
internal sealed record AuditAnswer(
    CommentId Id,
    DateTimeOffset At,
    AuditPerson? By,
    string Action,
    AuditTarget? Target,
    string? Reason,
    string? Note,
    JsonElement? Details,
    string? Jws,
    string Hash)
{
    /// <summary>Takes it from the log.</summary>
    public static AuditAnswer Of(ChainedEntry chained)
    {
        var (entry, hash) = (chained.Entry, Base64Url.EncodeToString(chained.Hash));
        // One of a later version of this program.
        if (AuditEntry.TryRead(entry.Message) is not { } said)
            return new(entry.Id, entry.CreatedAt, new(entry.Author, null), "unknown", null, null, null, null, null, hash);
        var by = entry.Author == AuditEntry.Server ? null : new AuditPerson(entry.Author, said.Name);
        return new(entry.Id, entry.CreatedAt, by, said.Action, said.Target, said.Reason, said.Note, said.Details, said.Jws, hash);
    }
}
