using System.Diagnostics.Metrics;

namespace LiveComments.Grains.Publishing;

/// <summary>What goes to consumers inside the cluster, and what does not.</summary>
internal sealed class PublishingMetrics(Meter meter)
{
    private readonly Counter<long> _published =
        meter.CreateCounter<long>("livecomments.stream.published", "{comment}", "Comments that the stream provider took.");

    private readonly Counter<long> _dropped = meter.CreateCounter<long>(
        "livecomments.stream.dropped", "{comment}", "Comments kept from the stream because its queue was full or its provider failed.");

    public void Published(int count) => _published.Add(count);

    public void Dropped(int count) => _dropped.Add(count);
}
