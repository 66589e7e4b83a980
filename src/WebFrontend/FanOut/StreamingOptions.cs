using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>How streams are fed: the section <c>Streaming</c>.</summary>
public sealed record StreamingOptions
{
    /// <summary>
    /// The longest time that a comment waits for others on a busy video of a busy node, in milliseconds; 0 = none. Default 50. On a quiet
    /// video none waits, and on a node with processors to spare a fifth of it: see <see cref="Pace"/>.
    /// </summary>
    [Range(0, 10_000)]
    public int MaxFlushIntervalMs { get; set; } = 50;

    /// <summary>
    /// How long comments wait to go together to the store and to viewers: <c>Auto</c>, a fifth of the bounds while half of the processors
    /// is idle, and up to the bounds as they fill; <c>Latency</c>, not at all; <c>Cost</c>, up to the bounds always. Default Auto.
    /// </summary>
    public PaceGoal Pace { get; set; }

    /// <summary>
    /// How many of a video's last comments the node replays to a viewer that reconnects or falls behind. A viewer that missed more gets a
    /// gap event. Default 1,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int Replay { get; set; } = 1_000;

    /// <summary>
    /// After how many seconds a viewer is cut off that has not read one write (64 KB at most), rounded up to multiples of 15 s. Default
    /// 120.
    /// </summary>
    [Range(15, 86_400)]
    public int StallSeconds { get; set; } = 120;

    /// <summary>How many seconds the node keeps following a video after its last viewer left. Default 30.</summary>
    [Range(1, 86_400)]
    public int LingerSeconds { get; set; } = 30;
}
