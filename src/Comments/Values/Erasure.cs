namespace LiveComments;

/// <summary>That all which somebody has written is removed on all videos, and how far that is.</summary>
/// <param name="Author">The person, or the address.</param>
/// <param name="Asked">When it was asked for. What was written before is removed.</param>
public sealed record Erasure(AuthorId Author, DateTimeOffset Asked)
{
    /// <summary>How many videos are looked through; null until they are counted. Not all need have comments of the author.</summary>
    public int? Videos { get; init; }

    /// <summary>How many of them are done.</summary>
    public int VideosDone { get; init; }

    /// <summary>
    /// How many comments were removed. Those of the last seconds before a process ended are not counted, though they are removed.
    /// </summary>
    public long Removed { get; init; }

    /// <summary>When it was done; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }
}
