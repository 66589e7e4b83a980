using System.Text.Json.Serialization;
using LiveComments.LoadTester.Requests;

namespace LiveComments.LoadTester;

/// <summary>What a run does; <c>--help</c> tells what each option means.</summary>
internal sealed record LoadTestOptions
{
    /// <summary>Servers that the viewers connect to in turn.</summary>
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>Servers that the posters connect to in turn; empty if they are the same.</summary>
    public IReadOnlyList<Uri> PostUrls { get; init; } = [];

    public int Viewers { get; init; } = 100;

    public int Videos { get; init; } = 1;

    /// <summary>The number of the first video.</summary>
    public int FirstVideo { get; init; }

    /// <summary>Exponent of the Zipf law by which viewers and comments spread over the videos; 0 is evenly.</summary>
    public double Zipf { get; init; }

    /// <summary>Comments a second over all videos; 0 posts nothing.</summary>
    public double Rate { get; init; } = 10;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long the windows of the warm-up are in which the server's CPU is watched, and that <see cref="WarmUp"/> is the most: it is over
    /// as soon as the CPU of a window no longer falls. Zero lets it last as long as it says.
    /// </summary>
    public TimeSpan Steady { get; init; }

    /// <summary>How long to wait, once the last comment is due, for answers and deliveries.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Viewers connected a second.</summary>
    public double Ramp { get; init; } = 1000;

    /// <summary>The most connections to post on.</summary>
    public int Posters { get; init; } = 64;

    /// <summary>How many of the viewers read nothing while comments are posted.</summary>
    public int Slow { get; init; }

    /// <summary>Viewers a second that leave, and that join in their place.</summary>
    public double Churn { get; init; }

    /// <summary>Comments of the run that are removed again a second; 0 removes none.</summary>
    public double Removals { get; init; }

    /// <summary>The token that removes them. It is written nowhere.</summary>
    [JsonIgnore]
    public string ModeratorToken { get; init; } = "";

    /// <summary>Characters of a comment's message.</summary>
    public int MessageSize { get; init; } = 100;

    /// <summary>How many earlier comments a viewer asks for.</summary>
    public int Backlog { get; init; }

    /// <summary>Addresses that the connections come from in turn; empty leaves it to the system.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public int Processes { get; init; } = 1;

    public RequestOptions Requests { get; init; } = new();

    /// <summary>Whether the viewers speak HTTP/2; else, as the posters do, HTTP/1.1.</summary>
    public bool Http2 { get; init; }

    /// <summary>Whether any certificate of a server is accepted.</summary>
    public bool Insecure { get; init; }

    /// <summary>The Orleans cluster behind an <c>orleans://</c> address.</summary>
    public string ClusterId { get; init; } = "default";

    /// <summary>The Orleans service behind an <c>orleans://</c> address.</summary>
    public string ServiceId { get; init; } = "default";

    /// <summary>The server's processes on this machine.</summary>
    public IReadOnlyList<int> ServerPids { get; init; } = [];
}
