using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Api;

/// <summary>The limits of the node: the section <c>Limits</c>.</summary>
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

    /// <summary>
    /// The most streams at once for each client address; 0 = no limit. Default 1,000, and no limit for this machine. Trusted proxies are
    /// not counted: edges among them serve many.
    /// </summary>
    [Range(0, 10_000_000)]
    public int? MaxViewersPerAddress { get; set; }

    /// <summary>
    /// Pages of the history and streams that a client address may ask for in a second; 0 = no limit. Default 100, and no limit for this
    /// machine and trusted proxies.
    /// </summary>
    [Range(0, 1_000_000)]
    public int? ReadsPerSecond { get; set; }

    /// <summary>How many of these an address may ask for at once after a pause, before the rate holds. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int ReadBurst { get; set; } = 1_000;

    /// <summary>Posts a second of each video, whoever posts, and as many at once after a pause; 0 = no limit. Default 0.</summary>
    [Range(0, 1_000_000)]
    public int PostsPerSecondPerVideo { get; set; }

    /// <summary>
    /// Whether an author's name that mixes scripts, as Latin and Cyrillic, is refused: it may look like another's. Those that are written
    /// together may be mixed, as in Japanese (UTS 39, "highly restrictive"). At an edge the upstream's setting counts. Default no.
    /// </summary>
    public bool RefuseMixedScripts { get; set; }

    /// <summary>
    /// Posts a second of each person to each video, and as many at once after a pause; 0 = no limit. Only a token says who a person is.
    /// Default 10.
    /// </summary>
    [Range(0, 1_000_000)]
    public int PostsPerSecondPerPerson { get; set; } = 10;

    /// <summary>Guests' tokens a second for each client address; 0 = no limit. Default 1.</summary>
    [Range(0, 1_000_000)]
    public int GuestsPerSecond { get; set; } = 1;

    /// <summary>How many guests' tokens an address may have at once after a pause, before the rate holds. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int GuestBurst { get; set; } = 20;

    /// <summary>The most videos that are watched here at once; streams of more are refused. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWatchedVideos { get; set; } = 100_000;

    /// <summary>The most connections at once, those of streams included; more are closed at once. Default 120,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxConnections { get; set; } = 120_000;

    /// <summary>
    /// How many seconds a client may take for an answer that is no stream, from its first byte on; then its connection is ended. Default
    /// 60.
    /// </summary>
    [Range(1, 86_400)]
    public int AnswerSeconds { get; set; } = 60;

    /// <summary>How many posts may wait to become durable, of all videos; more are refused. Default 10,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPosts { get; set; } = 10_000;

    /// <summary>How many posts of one video may wait beside those being written; more are refused. Default 2,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPostsPerVideo { get; set; } = 2_000;
}
