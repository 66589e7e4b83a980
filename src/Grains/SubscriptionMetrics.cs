using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LiveComments.Grains;

/// <summary>What the owners on this silo count, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class SubscriptionMetrics([FromKeyedServices(CommentMetrics.MeterName)] Meter meter)
{
    public const string OwnersName = "livecomments.owners";
    public const string UnderWayName = "livecomments.batches.under_way";
    public const string EndedName = "livecomments.subscriptions.ended";

    private readonly UpDownCounter<long> _owners =
        meter.CreateUpDownCounter<long>(OwnersName, "{video}", "Live videos that this silo owns.");

    private readonly UpDownCounter<long> _underWay =
        meter.CreateUpDownCounter<long>(UnderWayName, "{batch}", "Batches that frontends have not answered yet.");

    private readonly Counter<long> _ended = meter.CreateCounter<long>(
        EndedName, "{subscription}", "Subscriptions of frontends that the owner has ended, by reason. They begin anew.");

    /// <summary>Counts a video that this silo owns from now on.</summary>
    public void Activated() => _owners.Add(1);

    /// <summary>Counts a video that this silo no longer owns.</summary>
    public void Deactivated() => _owners.Add(-1);

    /// <summary>Counts a batch on its way to a frontend.</summary>
    public void Sending() => _underWay.Add(1);

    /// <summary>Counts the answer to a batch, or that there is none.</summary>
    public void Sent() => _underWay.Add(-1);

    /// <summary>Counts a frontend that was too slow.</summary>
    public void Overflow() => Ended("slow");

    /// <summary>Counts a frontend that did not renew its lease.</summary>
    public void Lapsed() => Ended("lapsed");

    /// <summary>Counts a frontend that did not take a batch.</summary>
    public void Failed() => Ended("failed");

    private void Ended(string reason) => _ended.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
