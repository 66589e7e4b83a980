using System.Diagnostics.Metrics;

namespace LiveComments.WebFrontend.Streaming;

/// <summary>What streams count, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class StreamMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _gaps;
    private readonly UpDownCounter<long> _viewers;
    private readonly Histogram<double> _endToEnd;

    public StreamMetrics(Meter meter)
    {
        _deliveries = meter.CreateCounter<long>(
            "livecomments.deliveries", "{delivery}", "Comments written to viewers: one comment to ten viewers is ten.");
        _gaps = meter.CreateCounter<long>(
            "livecomments.gaps", "{gap}", "Times that a viewer was told of comments it will not be sent.");
        _viewers = meter.CreateUpDownCounter<long>("livecomments.viewers", "{viewer}", "Open streams.");
        _endToEnd = meter.CreateHistogram<double>(
            "livecomments.delivery.duration", "s", "From a comment's creation to its being written to the viewers of this node who keep up.");
    }

    public void Delivered(int comments) => _deliveries.Add(comments);

    public void GapTold() => _gaps.Add(1);

    public void ViewerJoined() => _viewers.Add(1);

    public void ViewerLeft() => _viewers.Add(-1);

    public void SweptOut(TimeSpan age) => _endToEnd.Record(Math.Max(0, age.TotalSeconds));
}
