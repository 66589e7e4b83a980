using System.Text.Json;
using System.Text.Json.Serialization;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Audit;

/// <summary>What was done, as it stands in the log of the audit. Texts of authors are never in it.</summary>
/// <param name="Action">What: one of <see cref="AuditAction"/>.</param>
/// <param name="Name">The moderator's name, if the issuer of the token vouches for one. The author's id is beside the entry.</param>
/// <param name="Target">To what, or to whom; null if to the video as a whole.</param>
/// <param name="Reason">Why, in a word or two.</param>
/// <param name="Note">What else moderators should know.</param>
/// <param name="Details">More, by action: of <c>settings</c> what was asked for, of <c>ban</c> until when.</param>
/// <param name="Jws">Of a <c>checkpoint</c>: what was signed, and the signature.</param>
internal sealed record AuditEntry(
    string Action, string? Name, AuditTarget? Target, string? Reason, string? Note, JsonElement? Details, string? Jws)
{
    /// <summary>Who writes checkpoints, in place of an author's id.</summary>
    public const string Server = "server";

    /// <summary>The entry as it is kept.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AuditJson.Context.AuditEntry);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null if it is something else.</summary>
    public static AuditEntry? TryRead(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AuditJson.Context.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What something was done to.</summary>
/// <param name="Comment">The comment.</param>
/// <param name="AuthorId">The person, or the address as moderators are shown it; of a comment its author.</param>
/// <param name="HeldId">The comment that waited for a moderator.</param>
internal sealed record AuditTarget(string? Comment = null, string? AuthorId = null, string? HeldId = null)
{
    /// <summary>A comment, and its author if that is known.</summary>
    public static AuditTarget Of(CommentId comment, AuthorId? author) => new(Comment: comment.ToString(), AuthorId: author?.ToString());

    /// <summary>A person.</summary>
    public static AuditTarget Of(AuthorId author) => new(AuthorId: author.ToString());

    /// <summary>A comment that waited for a moderator, and its author if that is known.</summary>
    public static AuditTarget OfHeld(CommentId held, AuthorId? author) => new(HeldId: held.ToString(), AuthorId: author?.ToString());
}

/// <summary>The names of what may be done.</summary>
internal static class AuditAction
{
    public const string Remove = "remove";
    public const string RemoveMany = "remove-many";
    public const string Ban = "ban";
    public const string Lift = "lift";
    public const string Settings = "settings";
    public const string Pin = "pin";
    public const string Unpin = "unpin";
    public const string Publish = "publish";
    public const string Refuse = "refuse";
    public const string SiteBan = "site-ban";
    public const string SiteLift = "site-lift";
    public const string Erase = "erase";
    public const string Checkpoint = "checkpoint";
}

/// <summary>How the audit looks as JSON, in its log, in answers and in exports: members without a value are left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditCheckpoint))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(ExportedEntry))]
[JsonSerializable(typeof(PublishedKeys))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    /// <summary>The context with the rules of the wire.</summary>
    public static AuditJson Context { get; } = new(WireJson.Configure(new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    }));
}
