namespace LiveComments.WebFrontend.Identity;

/// <summary>What a token permits, on the videos that it names.</summary>
[Flags]
internal enum Scopes
{
    None = 0,

    /// <summary><c>comments:read</c>: read private videos.</summary>
    Read = 1,

    /// <summary><c>comments:post</c>: write.</summary>
    Post = 2,

    /// <summary><c>comments:moderate</c>: its bearer is a moderator.</summary>
    Moderate = 4,

    /// <summary><c>comments:manage</c>: its bearer is an owner.</summary>
    Manage = 8,
}

/// <summary>Whom a valid token speaks of, and what it permits.</summary>
internal sealed record Person
{
    /// <summary>The id of the person on comments; null on a node without the site's key, which takes no posts.</summary>
    public required AuthorId? Id { get; init; }

    /// <summary>Since when this has been a guest, someone who chooses the name; null of others.</summary>
    public required DateTimeOffset? GuestSince { get; init; }

    /// <summary>Since when the account of somebody who is no guest exists; null if the issuer does not say so.</summary>
    public DateTimeOffset? AccountSince { get; init; }

    /// <summary>Whether this is a guest.</summary>
    public bool IsGuest => GuestSince is not null;

    /// <summary>The name that the issuer vouches for; null if the token has none.</summary>
    public required string? Name { get; init; }

    /// <summary>What the token permits.</summary>
    public required Scopes Scopes { get; init; }

    /// <summary>The videos that the token names.</summary>
    public required IReadOnlyList<string> Videos { get; init; }

    /// <summary>The videos that its issuer may speak for; empty = all.</summary>
    public required IReadOnlyList<string> IssuersVideos { get; init; }

    /// <summary>Until when the token is taken.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Whether the token makes its bearer a moderator, or the owner, of the videos that it names.</summary>
    public bool Moderates => (Scopes & (Scopes.Moderate | Scopes.Manage)) != 0;

    /// <summary>Whether the token names a video, and its issuer may speak for it.</summary>
    public bool IsFor(LiveVideoId video) =>
        VideoPattern.AnyNames(Videos, video) && (IssuersVideos.Count == 0 || VideoPattern.AnyNames(IssuersVideos, video));

    /// <summary>Whether the token names all videos, and its issuer may speak for them.</summary>
    public bool IsForAll => Videos.Contains("*") && (IssuersVideos.Count == 0 || IssuersVideos.Contains("*"));

    /// <summary>What stands on the comments of the person.</summary>
    public AuthorIdentity Identity => new(
        Id!.Value,
        Scopes.HasFlag(Scopes.Manage) ? AuthorRole.Owner : Scopes.HasFlag(Scopes.Moderate) ? AuthorRole.Moderator : AuthorRole.Viewer,
        Verified: Name is not null);
}
