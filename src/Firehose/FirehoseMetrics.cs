using System.Diagnostics.Metrics;

namespace LiveComments.Firehose;

/// <summary>What is counted of the firehose, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class FirehoseMetrics([FromKeyedServices(CommentMetrics.MeterName)] Meter meter)
{
    private readonly Counter<long> _sent =
        meter.CreateCounter<long>("livecomments.firehose.sent", "{entry}", "Entries that the firehose's receiver took.");

    private readonly Counter<long> _failed = meter.CreateCounter<long>(
        "livecomments.firehose.failures", "{batch}", "Batches that the firehose's receiver did not take; they are sent again.");

    private readonly Counter<long> _givenUp = meter.CreateCounter<long>(
        "livecomments.firehose.given_up", "{entry}", "Entries that the firehose's receiver did not take in time, and is never sent.");

    public void Sent(int entries) => _sent.Add(entries);

    public void Failed() => _failed.Add(1);

    public void GivenUp(int entries) => _givenUp.Add(entries);

    /// <summary>Shows how far behind this process is.</summary>
    public void Observe(Func<FirehoseStatus> status)
    {
        meter.CreateObservableGauge(
            "livecomments.firehose.lag", () => status().Entries, "{entry}", "Entries that this process has yet to send.");
        meter.CreateObservableGauge(
            "livecomments.firehose.lag.time", () => status().Seconds, "s", "How old the oldest entry is that this process has yet to send.");
    }
}
