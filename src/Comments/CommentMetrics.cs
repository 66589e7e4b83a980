using System.Diagnostics.Metrics;

namespace LiveComments;

/// <summary>What live videos count, on the meter <see cref="MeterName"/>.</summary>
public sealed class CommentMetrics
{
    /// <summary>The name of the meter of all LiveComments' instruments.</summary>
    public const string MeterName = "LiveComments";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _appendDuration;
    private readonly Meter _meter;

    /// <summary>Creates the instruments on <paramref name="meter"/>.</summary>
    public CommentMetrics(Meter meter)
    {
        _meter = meter;
        _accepted = meter.CreateCounter<long>(
            "livecomments.comments.accepted", "{comment}", "Comments made durable and acknowledged.");
        _refused = meter.CreateCounter<long>(
            "livecomments.comments.refused", "{comment}", "Posts that published nothing, by reason.");
        _appendDuration = meter.CreateHistogram<double>(
            "livecomments.append.duration", "s", "From the video's taking a post to its being durable.");
    }

    /// <summary>Counts a comment that took <paramref name="duration"/> to become durable.</summary>
    public void Accepted(TimeSpan duration)
    {
        _accepted.Add(1);
        _appendDuration.Record(duration.TotalSeconds);
    }

    /// <summary>Counts posts that ended in <paramref name="status"/>.</summary>
    public void Refused(PostStatus status, int count = 1) => Refused(
        status switch
        {
            PostStatus.Repeated => "repeated",
            PostStatus.Overloaded => "overloaded",
            _ => "store_failed",
        },
        count);

    /// <summary>Counts posts refused for <paramref name="reason"/>, a short name in lower case.</summary>
    public void Refused(string reason, int count = 1) => _refused.Add(count, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Shows how many live videos are in memory.</summary>
    internal void ObserveActiveVideos(Func<int> count) =>
        _meter.CreateObservableUpDownCounter("livecomments.videos.active", count, "{video}", "Live videos in memory.");
}
