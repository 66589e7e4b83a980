using System.Buffers.Text;
using System.Text.Json.Serialization;

namespace LiveComments.WebFrontend.Audit;

/// <summary>A line of an export: all that its hash is made of, to the letter.</summary>
/// <param name="Video">What the audit is of: a video, or <c>*</c>.</param>
/// <param name="Id">The id of the entry.</param>
/// <param name="At">When it was written; carried by the id.</param>
/// <param name="By">The author's id of who did it; <c>server</c> for checkpoints.</param>
/// <param name="Entry">The entry as the log has it: JSON, as a text.</param>
/// <param name="Hash">Its hash as base64url.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ExportedEntry(string Video, string Id, string At, string By, string Entry, string Hash)
{
    /// <summary>Takes it from the log.</summary>
    public static ExportedEntry Of(ChainedEntry chained) => new(
        AuditHash.NameOf(chained.Entry.LiveVideoId),
        chained.Entry.Id.ToString(),
        TimeOf(chained.Entry.Id),
        chained.Entry.Author,
        chained.Entry.Message,
        Base64Url.EncodeToString(chained.Hash));

    /// <summary>The time in an id, as all times of the API are written.</summary>
    public static string TimeOf(CommentId id) =>
        id.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
