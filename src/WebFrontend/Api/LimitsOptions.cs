using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Api;

/// <summary>How much the node takes on: the section <c>Limits</c>.</summary>
public sealed record LimitsOptions
{
    /// <summary>Posts a second for each client address; 0 = no limit. Default 5.</summary>
    [Range(0, 1_000_000)]
    public int PostsPerSecond { get; set; } = 5;

    /// <summary>How many posts an address may make at once after a pause, before the rate holds. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int PostBurst { get; set; } = 20;

    /// <summary>The most streams at once. Default 100,000.</summary>
    [Range(0, 10_000_000)]
    public int MaxViewers { get; set; } = 100_000;

    /// <summary>The most streams at once for each client address; 0 = no limit. Default 0: behind one address may be a whole town.</summary>
    [Range(0, 10_000_000)]
    public int MaxViewersPerAddress { get; set; }

    /// <summary>How many posts may wait to become durable, of all videos; more are refused. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPosts { get; set; } = 10_000;

    /// <summary>How many posts of one video may wait beside those being written; more are refused. Default 2,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPostsPerVideo { get; set; } = 2_000;
}
