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
    /// The least time between the starts of two appends of a video, so that a busy video's comments share appends if each costs money.
    /// Default 0: the next append starts when the last is done.
    /// </summary>
    public TimeSpan AppendInterval { get; set; }

    /// <summary>How many posts may wait on this node, of all videos together; more are refused. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPosts { get; set; } = 10_000;

    /// <summary>How many posts of one video may wait; more are refused, so that no video takes all places. Default 2,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPostsPerVideo { get; set; } = 2_000;

    /// <summary>Posts a second of one video, and as many at once after a pause; more are refused. 0 = no limit. Default 0.</summary>
    [Range(0, 1_000_000)]
    public int PostsPerSecondPerVideo { get; set; }

    /// <summary>
    /// Posts a second of one person to one video, and as many at once after a pause; more are refused. Only a token says who a person is.
    /// 0 = no limit. Default 0.
    /// </summary>
    [Range(0, 1_000_000)]
    public int PostsPerSecondPerPerson { get; set; }

    /// <summary>
    /// Of how many of its last comments an owner looks for the names of signed-in persons when it starts: nobody else may write under
    /// those, nor under names that come later. 0 = names are free, 10,000 at most. Default 0.
    /// </summary>
    [Range(0, 10_000)]
    public int NamesReadBack { get; set; }

    /// <summary>
    /// How often an owner that appended nothing since the last check looks whether another owner has; null if a video has one owner only.
    /// Default null.
    /// </summary>
    public TimeSpan? CheckOwnerEvery { get; set; }

    /// <summary>
    /// After how long without an entry in its log or a change of its settings a video is over, when it is next asked for; 0 = never.
    /// Default 0.
    /// </summary>
    public TimeSpan EndAfterIdle { get; set; }

    /// <summary>After how long without posts, reads and subscriptions a video leaves memory. Default 1 minute.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(1);
}
