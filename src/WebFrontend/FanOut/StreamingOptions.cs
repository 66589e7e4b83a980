using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>How streams are fed: the section <c>Streaming</c>.</summary>
public sealed record StreamingOptions
{
    /// <summary>
    /// The longest that a comment waits for others on a busy video, in milliseconds; 0 = never. Default 50. On a quiet one none waits.
    /// </summary>
    [Range(0, 10_000)]
    public int MaxFlushIntervalMs { get; set; } = 50;

    /// <summary>
    /// How many of a video's last comments the node replays to a viewer that comes back or falls behind; past that it is told of a gap.
    /// Default 1,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int Replay { get; set; } = 1_000;

    /// <summary>
    /// How many seconds a viewer may leave one write (about 64 KB at most) untaken before it is cut off, rounded up to whole intervals of 15 s.
    /// Default 120.
    /// </summary>
    [Range(15, 86_400)]
    public int StallSeconds { get; set; } = 120;

    /// <summary>How many seconds the node keeps following a video after its last viewer left. Default 30.</summary>
    [Range(1, 86_400)]
    public int LingerSeconds { get; set; } = 30;
}
