namespace LiveComments;

/// <summary>Somebody who may not write to a video, or, site-wide, to any.</summary>
/// <param name="Author">The person, or the address.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when; null = for good.</param>
/// <param name="Reason">What the banned are told, up to 100 characters; null if nothing.</param>
public sealed record Ban(AuthorId Author, DateTimeOffset Since, DateTimeOffset? Until = null, string? Reason = null)
{
    /// <summary>The shortest ban that has an end: 1 s.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The longest ban that has an end: 2 weeks.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    /// <summary>The longest that a ban holds an address: 24 hours. Addresses change hands.</summary>
    public static readonly TimeSpan LongestOfAddress = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether it holds the author's address, too, against guests and whoever has no token. Whoever bans asks for it; it is so where the
    /// owner of the video knows the address.
    /// </summary>
    public bool HoldsAddress { get; init; }

    /// <summary>The id of that address. It is no public member: nobody but the owner of the video and its log has it.</summary>
    internal AuthorId? Address { get; init; }

    /// <summary>The ban as it holds against an author of its id: of one that is an address no longer than of other addresses.</summary>
    internal Ban As(AuthorIdentity author) => author.IsAddress ? OfAddress : this;

    /// <summary>The ban as far as it holds an address.</summary>
    internal Ban OfAddress => Until <= Since + LongestOfAddress ? this : this with { Until = Since + LongestOfAddress };

    /// <summary>Whether it holds at a time.</summary>
    internal bool HoldsAt(DateTimeOffset time) => !(Until <= time);
}
