using System.Text.Json.Serialization;
using LiveComments.Client.Wire;

namespace LiveComments.Client;

/// <summary>A comment of a live video.</summary>
/// <param name="Id">Its id, which rises within the video.</param>
/// <param name="LiveVideoId">The video: 1 to 64 of <c>[A-Za-z0-9_-]</c>.</param>
/// <param name="Author">The author's name, 1 to 50 characters. Without <paramref name="Verified"/> anybody may have chosen it.</param>
/// <param name="Message">The text, 1 to 500 characters. It is not HTML.</param>
/// <param name="CreatedAt">When it was posted, by the server's clock, in UTC.</param>
/// <param name="AuthorId">The person who wrote it, the same on every video; null if it was posted without a token.</param>
/// <param name="Role">What the author is on the video.</param>
/// <param name="Verified">Whether the author's name came from a token.</param>
public sealed record Comment(
    CommentId Id,
    string LiveVideoId,
    string Author,
    string Message,
    DateTimeOffset CreatedAt,
    string? AuthorId = null,
    AuthorRole Role = AuthorRole.Viewer,
    bool Verified = false)
{
    /// <summary>The comment that it answers, which may have been removed; null if it answers none.</summary>
    public CommentId? ReplyTo { get; init; }

    /// <summary>Whether a moderator says it to all.</summary>
    public bool Announcement { get; init; }
}

/// <summary>What the author of a comment is on the video.</summary>
[JsonConverter(typeof(LenientEnumConverter<AuthorRole>))]
public enum AuthorRole
{
    /// <summary>One who watches, or is something that this version does not know.</summary>
    Viewer,

    /// <summary>A moderator.</summary>
    Moderator,

    /// <summary>The owner.</summary>
    Owner,
}
