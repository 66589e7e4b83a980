using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester.Crowd;

/// <summary>All that the posters and viewers of one run share and none of them changes.</summary>
internal sealed class RunPlan
{
    public RunPlan(LoadTestOptions options, string run)
    {
        Options = options;
        Run = run;
        Marker = CommentMarker.Prefix(run);
        Law = new(options.Videos, options.Zipf);
        Schedule = new(Law, options.Videos, options.Rate, options.WarmUp + options.Duration);
        Server = ServerAddress.Resolve(options.Url, options.Sources);
    }

    public LoadTestOptions Options { get; }

    /// <summary>The run's name in its comments.</summary>
    public string Run { get; }

    /// <summary>How the marker of every comment of this run starts.</summary>
    public byte[] Marker { get; }

    public VideoLaw Law { get; }

    public PostSchedule Schedule { get; }

    public ServerAddress Server { get; }
}
