using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Posters;

/// <summary>What became of the removals of a run, in sum.</summary>
internal sealed class RemovalTotals
{
    /// <summary>Answered with 2xx.</summary>
    public long Acknowledged { get; set; }

    /// <summary>Answered with 429 or 503: the server's right.</summary>
    public long Refused { get; set; }

    /// <summary>Answered with something else, or not at all.</summary>
    public long Failed { get; set; }

    /// <summary>Waited for a connection when the time was over.</summary>
    public long Unsent { get; set; }

    /// <summary>From when a removal was sent until its 2xx had been read, of those read in the window.</summary>
    public LatencyHistogram Latency { get; init; } = new();

    /// <summary>
    /// From when the 2xx of a removal had been read until the last viewer who had the comment, or was to have it, had read the removal;
    /// of those acknowledged in the window.
    /// </summary>
    public LatencyHistogram UntilTold { get; init; } = new();
}
