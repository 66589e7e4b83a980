using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using LiveComments.Client.Wire;

namespace LiveComments.Client;

/// <summary>What became of a post that was taken: it is durable, and a comment now, or waits for a moderator.</summary>
/// <param name="Comment">The comment; null if it waits.</param>
/// <param name="Held">What waits for a moderator; null if it is a comment now.</param>
public sealed record PostResult(Comment? Comment, HeldComment? Held)
{
    /// <summary>Whether it is a comment now, and not held.</summary>
    [MemberNotNullWhen(true, nameof(Comment))]
    [MemberNotNullWhen(false, nameof(Held))]
    public bool IsPublished => Comment is not null;
}

/// <summary>A comment that a moderator is to see first, and what became of it.</summary>
/// <param name="Status">Whether it waits, or what became of it.</param>
/// <param name="HeldId">What it is called while it waits.</param>
/// <param name="Expires">Until when it waits, in UTC; null if it does not.</param>
/// <param name="Id">The id of the comment that it was published as; null if it was not.</param>
public sealed record HeldComment(HeldStatus Status, CommentId HeldId, DateTimeOffset? Expires = null, CommentId? Id = null);

/// <summary>What became of a held comment.</summary>
[JsonConverter(typeof(LenientEnumConverter<HeldStatus>))]
public enum HeldStatus
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>It waits.</summary>
    Held,

    /// <summary>It was published.</summary>
    Published,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>Nobody decided on it in time.</summary>
    Expired,
}
