using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Posters;

/// <summary>What became of the posts of a run, in sum.</summary>
internal sealed class PosterTotals
{
    /// <summary>Comments that were due.</summary>
    public long Due { get; set; }

    /// <summary>Comments whose post was begun.</summary>
    public long Sent { get; set; }

    /// <summary>Answered with 2xx.</summary>
    public long Acknowledged { get; set; }

    /// <summary>Of those, the ones answered in the measuring window.</summary>
    public long AcknowledgedInWindow { get; set; }

    /// <summary>Answered with 429 or 503: the server's right.</summary>
    public long Refused { get; set; }

    /// <summary>Answered with something else, or not at all.</summary>
    public long Failed { get; set; }

    /// <summary>Posts that were due while every connection was waiting for an answer.</summary>
    public long WaitedForPoster { get; set; }

    /// <summary>From when a comment was due until its 2xx had been read, of comments due in the window.</summary>
    public LatencyHistogram Latency { get; init; } = new();

    /// <summary>From when a comment was sent until its 429 or 503 had been read.</summary>
    public LatencyHistogram RefusalLatency { get; init; } = new();

    /// <summary>How late posts were sent that had not to wait for a connection: the load tester's own fault.</summary>
    public LatencyHistogram Lateness { get; init; } = new();

    public RemovalTotals Removals { get; } = new();

    public ErrorCounts Errors { get; init; } = new();
}
