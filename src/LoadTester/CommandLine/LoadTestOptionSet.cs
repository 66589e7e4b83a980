using System.CommandLine;
using System.Net;
using LiveComments.LoadTester.Checking;

namespace LiveComments.LoadTester.CommandLine;

/// <summary>The options of the command line: names, bounds, defaults and what the help says of each.</summary>
internal sealed class LoadTestOptionSet
{
    private const int MaxComments = 50_000_000;

    private static readonly LoadTestOptions Defaults = new() { Urls = [] };

    private readonly Option<Uri[]> _url = ServerUrl.Option(
        "--url", $"The server's address, such as {ServerUrl.Example}; https:// for TLS, orleans:// and the port for a silo's gateway.");

    private readonly Option<Uri[]> _postUrl = ServerUrl.Option(
        "--post-url", "Where comments are posted, if that is another server.");

    private readonly Option<int> _viewers = Number.Between(
        "--viewers", 0, 1_000_000, Defaults.Viewers, "How many viewers.");

    private readonly Option<int> _videos = Number.Between(
        "--videos", 1, 1_000_000, Defaults.Videos, "How many live videos they and the comments spread over.");

    private readonly Option<int> _firstVideo = Number.Between(
        "--first-video", 0, 1_000_000_000, Defaults.FirstVideo, "The number of the first of them.");

    private readonly Option<double> _zipf = Number.Between(
        "--zipf", 0, 5.0, Defaults.Zipf, "Spread by a Zipf law with this exponent; 0 spreads evenly.");

    private readonly Option<double> _rate = Number.Between(
        "--rate", 0, 1_000_000.0, Defaults.Rate, "Comments a second over all videos, in an open loop; 0 posts nothing.");

    private readonly Option<TimeSpan> _duration = Duration.Option(
        "--duration", Defaults.Duration, "How long to measure.");

    private readonly Option<TimeSpan> _warmUp = Duration.Option(
        "--warmup", Defaults.WarmUp, "How long to post before measuring; checked, but not measured.");

    private readonly Option<TimeSpan> _steady = Duration.Option(
        "--steady", Defaults.Steady,
        "End the warm-up early, once the server (--pid) took at least 95% of the CPU in so long that it took in as long before; 0: not.");

    private readonly Option<TimeSpan> _drain = Duration.Option(
        "--drain", Defaults.Drain, "How long to wait in the end for answers and deliveries.");

    private readonly Option<double> _ramp = Number.Between(
        "--ramp", 0.1, 1_000_000, Defaults.Ramp, "Viewers that connect a second.");

    private readonly Option<int> _posters = Number.Between(
        "--posters", 1, 10_000, Defaults.Posters, "The most connections to post on, each kept alive.");

    private readonly Option<int> _slow = Number.Between(
        "--slow", 0, 1_000_000, Defaults.Slow, "How many of the viewers stop reading until the end.");

    private readonly Option<double> _churn = Number.Between(
        "--churn", 0, 100_000.0, Defaults.Churn, "Viewers a second that leave, and others that join.");

    private readonly Option<double> _removals = Number.Between(
        "--removals", 0, 100_000.0, Defaults.Removals, "Comments a second that are removed again, half of them at once.");

    private readonly Option<string> _moderatorToken = TemplateOption.Line(
        "--moderator-token", Defaults.ModeratorToken, "The token that may remove them, or @ and the file with it.");

    private readonly Option<int> _messageSize = Number.Between(
        "--message-size", CommentMarker.MaxLength, 500, Defaults.MessageSize, "Characters of a message.");

    private readonly Option<int> _backlog = Number.Between(
        "--backlog", 0, 200, Defaults.Backlog, "Earlier comments that a viewer asks for.");

    private readonly Option<string[]> _sources = new("--sources")
    {
        Description = "Addresses to connect from, such as 127.0.0.2,127.0.0.3: each has its own ports.",
        DefaultValueFactory = _ => [],
        CustomParser = argument => [.. argument.Tokens.SelectMany(token => token.Value.Split(','))],
    };

    private readonly Option<int> _processes = Number.Between(
        "--processes", 1, 64, Defaults.Processes, "Processes to hold the viewers, if one may not open as many files.");

    private readonly Option<int[]> _pid = new("--pid")
    {
        Description = "A process of the server on this machine, to tell what it uses; repeatable.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _http2 = new("--http2")
    {
        Description = "Viewers speak HTTP/2, each on a connection of its own; to http:// without asking first. Posters speak HTTP/1.1.",
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Accept any certificate of an https:// server.",
    };

    private readonly Option<string> _clusterId = TemplateOption.Line(
        "--cluster-id", Defaults.ClusterId, "The Orleans cluster behind an orleans:// address.");

    private readonly Option<string> _serviceId = TemplateOption.Line(
        "--service-id", Defaults.ServiceId, "The Orleans service behind an orleans:// address.");

    private readonly RequestOptionSet _requests = new();

    public LoadTestOptionSet()
    {
        _url.Required = true;
        _sources.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>()!.Any(source => !IPAddress.TryParse(source, out _)))
                result.AddError("--sources must be IP addresses, with commas between.");
        });
    }

    /// <summary>The file to write the result to as JSON.</summary>
    public Option<string?> Json { get; } = new("--json") { Description = "Writes the result to this file, too." };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _url, _postUrl, _viewers, _videos, _firstVideo, _zipf, _rate, _duration, _warmUp, _steady, _drain, _ramp, _posters, _slow, _churn,
            _removals, _moderatorToken, _messageSize, _backlog, _sources, _processes, .. _requests.All, _http2, _insecure, _clusterId,
            _serviceId, _pid, Json,
        ];
        Array.ForEach(all, command.Add);
    }

    /// <exception cref="LoadTestException">The options do not fit together.</exception>
    public LoadTestOptions Read(ParseResult parsed)
    {
        var options = new LoadTestOptions
        {
            Urls = parsed.GetRequiredValue(_url),
            PostUrls = parsed.GetValue(_postUrl) ?? [],
            Viewers = parsed.GetValue(_viewers),
            Videos = parsed.GetValue(_videos),
            FirstVideo = parsed.GetValue(_firstVideo),
            Zipf = parsed.GetValue(_zipf),
            Rate = parsed.GetValue(_rate),
            Duration = parsed.GetValue(_duration),
            WarmUp = parsed.GetValue(_warmUp),
            Steady = parsed.GetValue(_steady),
            Drain = parsed.GetValue(_drain),
            Ramp = parsed.GetValue(_ramp),
            Posters = parsed.GetValue(_posters),
            Slow = parsed.GetValue(_slow),
            Churn = parsed.GetValue(_churn),
            Removals = parsed.GetValue(_removals),
            ModeratorToken = parsed.GetRequiredValue(_moderatorToken),
            MessageSize = parsed.GetValue(_messageSize),
            Backlog = parsed.GetValue(_backlog),
            Sources = parsed.GetRequiredValue(_sources),
            Processes = parsed.GetValue(_processes),
            Requests = _requests.Read(parsed),
            Http2 = parsed.GetValue(_http2),
            Insecure = parsed.GetValue(_insecure),
            ClusterId = parsed.GetRequiredValue(_clusterId),
            ServiceId = parsed.GetRequiredValue(_serviceId),
            ServerPids = parsed.GetRequiredValue(_pid),
        };
        if (options.Urls.Concat(options.PostUrls).Select(url => ServerUrl.FindTarget(url.Scheme)!.GetType()).Distinct().Count() > 1)
            throw new LoadTestException("--url must be all orleans:// addresses, or none.");
        if (options.Slow > options.Viewers) throw new LoadTestException("--slow cannot be more than --viewers.");

        if (options.Removals > options.Rate) throw new LoadTestException("--removals cannot be more than --rate.");
        if (options.Removals > 0 && options.ModeratorToken.Length == 0)
            throw new LoadTestException("--removals needs a --moderator-token with the scope comments:moderate.");
        if (options.Removals > 0 && options.Requests.AnyEvent)
            throw new LoadTestException("--removals is for the API of LiveComments, not for --any-event.");

        if (options.Steady > TimeSpan.Zero && options.ServerPids.Count == 0)
            throw new LoadTestException("--steady needs a --pid, whose CPU it watches.");
        if (options.Steady > TimeSpan.Zero && options.Removals > 0)
            throw new LoadTestException("--steady cannot be told together with --removals.");

        if (options.Rate * (options.WarmUp + options.Duration).TotalSeconds > MaxComments)
            throw new LoadTestException($"--rate times --duration is more than {MaxComments} comments.");

        return options;
    }
}
