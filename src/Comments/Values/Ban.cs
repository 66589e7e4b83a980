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
}
