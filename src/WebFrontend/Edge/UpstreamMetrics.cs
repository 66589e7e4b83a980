using System.Diagnostics.Metrics;

namespace LiveComments.WebFrontend.Edge;

/// <summary>What an edge counts of its upstream, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class UpstreamMetrics
{
    private readonly UpDownCounter<long> _streams;
    private readonly Counter<long> _breaks;

    public UpstreamMetrics([FromKeyedServices(CommentMetrics.MeterName)] Meter meter)
    {
        _streams = meter.CreateUpDownCounter<long>("livecomments.upstream.streams", "{stream}", "Open streams from the upstream.");
        _breaks = meter.CreateCounter<long>(
            "livecomments.upstream.breaks", "{break}", "Times that a stream from the upstream ended or could not be opened.");
    }

    public void StreamOpened() => _streams.Add(1);

    public void StreamClosed() => _streams.Add(-1);

    public void Broken() => _breaks.Add(1);
}
