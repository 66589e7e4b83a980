using System.Globalization;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Connections;
using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Requests;

namespace LiveComments.LoadTester.Crowd;

/// <summary>All that the posters and viewers of one run share and none of them changes.</summary>
internal sealed class RunPlan
{
    private readonly ServerAddress[] _streamServers;
    private readonly ServerAddress[] _postServers;
    private readonly StreamRequest _streams;

    /// <exception cref="LoadTestException">A host has no address.</exception>
    public RunPlan(LoadTestOptions options, string run)
    {
        Options = options;
        Run = run;
        Marker = CommentMarker.Prefix(run);
        Law = new(options.Videos, options.Zipf);
        Schedule = new(Law, options.Videos, options.Rate, options.WarmUp + options.Duration);
        _streams = new(options.Requests);
        _streamServers = [.. options.Urls.Select(url => ServerAddress.Resolve("--url", url, options))];
        _postServers = options.PostUrls.Count == 0
            ? _streamServers
            : [.. options.PostUrls.Select(url => ServerAddress.Resolve("--post-url", url, options))];
    }

    public LoadTestOptions Options { get; }

    /// <summary>The run's name in its comments.</summary>
    public string Run { get; }

    /// <summary>How the marker of every comment of this run starts.</summary>
    public byte[] Marker { get; }

    public VideoLaw Law { get; }

    public PostSchedule Schedule { get; }

    /// <summary>The servers with the streams.</summary>
    public IReadOnlyList<ServerAddress> StreamServers => _streamServers;

    /// <summary>The server of a viewer's connection, by its number.</summary>
    public ServerAddress StreamServer(int connection) => _streamServers[connection % _streamServers.Length];

    /// <summary>The server of a poster, by its number.</summary>
    public ServerAddress PostServer(int poster) => _postServers[poster % _postServers.Length];

    /// <summary>The id of a video of the run.</summary>
    public string VideoId(int video) => string.Create(CultureInfo.InvariantCulture, $"load-{VideoNumber(video)}");

    /// <summary>The request for a viewer's stream.</summary>
    public byte[] StreamRequest(int video, int connection)
    {
        var values = Values(video) with { Viewer = connection, Backlog = Options.Backlog };
        return Options.Http2 ? _streams.WriteHttp2(StreamServer(connection), values) : _streams.Write(StreamServer(connection), values);
    }

    /// <summary>What stands for the placeholders of a post.</summary>
    public PlaceholderValues PostValues(PostedComment comment) =>
        Values(comment.Video) with { Comment = comment.Number, Message = Message(comment) };

    /// <summary>The text of a comment: its marker, and what fills it up.</summary>
    public string Message(PostedComment comment) =>
        new CommentMarker(comment.Video, comment.Sequence, comment.Due).ToText(Marker).PadRight(Options.MessageSize, '.');

    private PlaceholderValues Values(int video) => new() { Video = VideoId(video), Number = VideoNumber(video) };

    private long VideoNumber(int video) => (long)Options.FirstVideo + video;
}
