using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>
/// What the contract suite runs against: a running site with the <see cref="Settings"/> of the contract.
/// </summary>
/// <param name="PostAddress">Where comments are posted.</param>
/// <param name="ReadAddress">Where history and streams are read: another node of the same site, or the same one.</param>
public sealed record ContractTarget(Uri PostAddress, Uri ReadAddress)
{
    /// <summary>How many comments a node replays to a viewer that resumes, where the target keeps <see cref="Settings"/>.</summary>
    public const int Replay = 1_000;

    /// <summary>
    /// The settings that every node of a target runs with, as command-line arguments: the suite posts faster than one
    /// client may, and counts on the default replay. Tokens of <see cref="Issuer"/> are taken.
    /// </summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "--Limits:PostsPerSecond=0", "--Limits:PostsPerSecondPerPerson=0", "--Limits:GuestsPerSecond=0", $"--Streaming:Replay={Replay}",
        .. Issuer.Settings,
    ];

    /// <summary>The settings besides, of every node that takes posts itself: comments with this word are held, shouted ones are refused.</summary>
    public static IReadOnlyList<string> ReviewSettings { get; } =
        [$"--Moderation:Words:List:0={HeldWord}", "--Moderation:Capitals:Percent=100", "--Moderation:Capitals:Verdict=Refuse"];

    /// <summary>A word of which comments are held.</summary>
    public const string HeldWord = "wordofthelist";

    /// <summary>The issuer whose tokens every node of a target takes; private videos begin with <see cref="TestIssuer.PrivatePrefix"/>.</summary>
    public static TestIssuer Issuer => TestIssuer.OfTheContract;

    /// <summary>The version of HTTP that the suite speaks, exactly.</summary>
    public Version HttpVersion { get; init; } = System.Net.HttpVersion.Version11;

    /// <summary>A site with one address for everything.</summary>
    public ContractTarget(Uri address)
        : this(address, address)
    {
    }

    /// <summary>
    /// The site that the environment variable <c>LIVECOMMENTS_ADDRESS</c> names, or null without it. The variable holds one
    /// address, or two with a space between: where to post, and where to read.
    /// </summary>
    public static ContractTarget? FromEnvironment() =>
        Environment.GetEnvironmentVariable("LIVECOMMENTS_ADDRESS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var address] => new(new Uri(address)),
            [var post, var read] => new(new Uri(post), new Uri(read)),
            _ => null,
        };
}
