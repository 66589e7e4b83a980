using System.Diagnostics.Metrics;

namespace LiveComments.WebFrontend.Feed;

/// <summary>What feeds count.</summary>
internal sealed class FeedMetrics(Meter meter)
{
    public const string GapsName = "livecomments.feed.gaps";

    private readonly Counter<long> _gaps = meter.CreateCounter<long>(
        GapsName, "{gap}", "Times that a batch came to this node before its predecessor, by what brought what was missing.");

    /// <summary>Counts a gap that closed by itself: what was missing came a moment later.</summary>
    public void FilledByLateBatch() => Filled("late_batch");

    /// <summary>Counts a gap that the owner has filled.</summary>
    public void FilledByOwner() => Filled("owner");

    /// <summary>Counts a read of the log for what is missing.</summary>
    public void FilledByLog() => Filled("log");

    private void Filled(string by) => _gaps.Add(1, new KeyValuePair<string, object?>("by", by));
}
