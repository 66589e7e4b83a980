using System.ComponentModel.DataAnnotations;

namespace LiveComments;

/// <summary>The bounds within which live videos are hosted.</summary>
public sealed record LiveVideoOptions
{
    /// <summary>How long a repeated key is known. Default 10 minutes.</summary>
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many of its last comments a video keeps in memory, 1 to 10,000. Default 256.</summary>
    [Range(1, 10_000)]
    public int RecentComments { get; set; } = 256;

    /// <summary>The most comments that one append carries, 1 to 10,000. Default 500.</summary>
    [Range(1, 10_000)]
    public int MaxAppend { get; set; } = 500;

    /// <summary>
    /// The most bytes that one append carries, as <see cref="LogEntry.BytesOf"/> counts them, 4,096 to 1,073,741,824. A comment that has
    /// more goes alone. Default 256 KiB: about 500 comments of 500 ASCII characters. As JSON that is 512 KiB at most, and an Azure Table
    /// entity (960 KiB) still has room for a segment beside it.
    /// </summary>
    [Range(4_096, 1_073_741_824)]
    public int MaxAppendBytes { get; init; } = 262_144;

    /// <summary>
    /// How long after an append began the next of the same video begins at the earliest, so that a busy video's comments share appends where each costs
    /// money; after a pause none waits. Default none: the next begins when the last is done.
    /// </summary>
    public TimeSpan AppendInterval { get; set; }

    /// <summary>How many posts may wait on this node, of all videos together; more are refused. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPosts { get; set; } = 10_000;

    /// <summary>How many posts of one video may wait; more are refused, so that no video takes all places. Default 2,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPostsPerVideo { get; set; } = 2_000;

    /// <summary>
    /// How often a video that appended nothing since the last time looks whether another owner has; null where a video has only one ever. Default null.
    /// </summary>
    public TimeSpan? CheckOwnerEvery { get; set; }

    /// <summary>After how long without posts, reads and watchers a video leaves memory. Default 1 minute.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(1);
}
