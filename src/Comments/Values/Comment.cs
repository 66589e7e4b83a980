using System.Text.Json.Serialization;

namespace LiveComments;

/// <summary>One comment as it stands in the log of its live video. It never changes; a <see cref="Removal"/> may take it back.</summary>
/// <param name="Id">Its place in the log.</param>
/// <param name="LiveVideoId">The video that it belongs to.</param>
/// <param name="Author">The author's name: 1 to 50 characters.</param>
/// <param name="Message">The text: 1 to 500 characters.</param>
public sealed record Comment(CommentId Id, LiveVideoId LiveVideoId, string Author, string Message)
{
    /// <summary>When the owner of the video took it, in UTC, to the millisecond; carried by <see cref="Id"/>.</summary>
    public DateTimeOffset CreatedAt => Id.CreatedAt;

    /// <summary>
    /// The comment that it answers, by its id alone: that may have been removed, or be none; null if it answers none. It is less than
    /// <see cref="Id"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CommentId? ReplyTo { get; init; }

    /// <summary>The person who wrote it; null if it came without a token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AuthorId? AuthorId { get; init; }

    /// <summary>What the author is on the video.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AuthorRole Role { get; init; }

    /// <summary>Whether the author's name came from a token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Verified { get; init; }

    /// <summary>Whether a moderator or owner says it to all, and not as one of those who talk.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Announcement { get; init; }

    /// <summary>
    /// The id of the address that it came from, if it came without a token and there is a key for such ids. Only moderators are shown it.
    /// </summary>
    [JsonIgnore]
    public AuthorId? AddressId { get; init; }

    /// <summary>The comment as moderators are shown it: an author without a token has the id of the address.</summary>
    internal Comment ForModerators => AddressId is { } address ? this with { AuthorId = address } : this;

    /// <summary>All that is known of the author; null if nothing is.</summary>
    [JsonIgnore]
    public AuthorIdentity? Identity
    {
        get => AuthorId is { } id ? new(id, Role, Verified) { Announces = Announcement } : AddressId is { } address ? AuthorIdentity.OfAddress(address) : null;
        init
        {
            AuthorId = value?.Person;
            AddressId = value is { IsAddress: true } ? value.Value.Id : null;
            Role = value?.Role ?? default;
            Verified = value?.Verified ?? false;
            Announcement = value?.Announces ?? false;
        }
    }
}
