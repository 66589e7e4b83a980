using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.Feed;

namespace LiveComments.WebFrontend.FanOut;

/// <summary>What streams count, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class StreamMetrics
{
    public const string DeliveriesName = "livecomments.deliveries";
    public const string DeliveryDurationName = "livecomments.delivery.duration";
    public const string GapsName = "livecomments.gaps";
    public const string RefusedName = "livecomments.viewers.refused";
    public const string SlowViewersName = "livecomments.viewers.slow";
    public const string ViewersName = "livecomments.viewers";

    private readonly StripedCounter _deliveries = new();
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _refused;
    private readonly UpDownCounter<long> _viewers;
    private readonly UpDownCounter<long> _slowViewers;
    private readonly Histogram<double> _endToEnd;

    /// <summary>What the feeds count.</summary>
    public FeedMetrics Feeds { get; }

    public StreamMetrics([FromKeyedServices(CommentMetrics.MeterName)] Meter meter)
    {
        Feeds = new(meter);
        meter.CreateObservableCounter(
            DeliveriesName, () => _deliveries.Total, "{delivery}", "Comments written to viewers: one comment to ten viewers is ten.");
        _gaps = meter.CreateCounter<long>(
            GapsName, "{gap}", "Times that a viewer was told of comments it will not be sent.");
        _refused = meter.CreateCounter<long>(RefusedName, "{viewer}", "Streams refused, by reason.");
        _viewers = meter.CreateUpDownCounter<long>(ViewersName, "{viewer}", "Open streams.");
        _slowViewers = meter.CreateUpDownCounter<long>(
            SlowViewersName, "{viewer}", "Open streams whose connection has no room for what they are to get.");
        _endToEnd = meter.CreateHistogram(
            DeliveryDurationName,
            "s",
            "From a comment's creation to its being written to the viewers of this node who keep up.",
            tags: null,
            CommentMetrics.LatencyBuckets);
    }

    public void Delivered(int comments) => _deliveries.Add(comments);

    public void GapTold() => _gaps.Add(1);

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void ViewerJoined() => _viewers.Add(1);

    public void ViewerLeft() => _viewers.Add(-1);

    public void BecameSlow() => _slowViewers.Add(1);

    public void CaughtUp() => _slowViewers.Add(-1);

    public void Broadcast(TimeSpan age) => _endToEnd.Record(Math.Max(0, age.TotalSeconds));
}
