using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Viewers;

/// <summary>What many viewers met, in sum. Each viewer thread fills its own; they are added up in the end.</summary>
internal sealed class ViewerTotals
{
    /// <summary>Viewers that the server accepted, over the whole run.</summary>
    public long Joined { get; set; }

    /// <summary>Viewers connected now.</summary>
    public long Connected { get; set; }

    /// <summary>Viewers that left as <c>--churn</c> asks.</summary>
    public long Left { get; set; }

    /// <summary>First deliveries of comments posted while the viewer was there.</summary>
    public long Deliveries { get; set; }

    /// <summary>Of those, the ones read in the measuring window.</summary>
    public long DeliveriesInWindow { get; set; }

    /// <summary>Comments of this run that had been posted before the viewer joined.</summary>
    public long BeforeJoin { get; set; }

    /// <summary>Comments of other runs, or of people.</summary>
    public long Foreign { get; set; }

    public long Doubled { get; set; }

    public long OutOfOrder { get; set; }

    /// <summary>Comments that came although the viewer had been told of their removal.</summary>
    public long Resurrected { get; set; }

    /// <summary><c>event: comment-removed</c>, each counted once for a viewer.</summary>
    public long Removals { get; set; }

    /// <summary>Removals that a viewer had been told of before.</summary>
    public long RemovalsDoubled { get; set; }

    /// <summary>Comments of another video than the stream's, or that were never posted.</summary>
    public long Astray { get; set; }

    /// <summary>Events that are not what the contract says: an id or data that cannot be read.</summary>
    public long Malformed { get; set; }

    /// <summary><c>event: gap</c> told to viewers who read at once.</summary>
    public long Gaps { get; set; }

    /// <summary><c>event: gap</c> told to slow viewers.</summary>
    public long SlowGaps { get; set; }

    /// <summary>Slow viewers whose stream the server ended.</summary>
    public long SlowCutOff { get; set; }

    public long BytesInWindow { get; set; }

    public long ReadsInWindow { get; set; }

    /// <summary>The largest share (0-1) of the window that a reading thread was on a CPU.</summary>
    public double BusiestReader { get; set; }

    /// <summary>The largest share (0-1) of the window that a reading thread was ready but waited for a CPU.</summary>
    public double LongestCpuWait { get; set; }

    public DeliveryTally Tally { get; set; }

    /// <summary>From when a comment was due until a viewer had read it, of comments due in the window.</summary>
    public LatencyHistogram EndToEnd { get; init; } = new();

    /// <summary>How long what is ready to be read waits for the reads before it: a thread's turns over its sockets.</summary>
    public LatencyHistogram ReadTurns { get; init; } = new();

    public ErrorCounts Errors { get; init; } = new();

    /// <summary>Adds all that another one counted.</summary>
    public void Add(ViewerTotals other)
    {
        Joined += other.Joined;
        Connected += other.Connected;
        Left += other.Left;
        Deliveries += other.Deliveries;
        DeliveriesInWindow += other.DeliveriesInWindow;
        BeforeJoin += other.BeforeJoin;
        Foreign += other.Foreign;
        Doubled += other.Doubled;
        OutOfOrder += other.OutOfOrder;
        Resurrected += other.Resurrected;
        Removals += other.Removals;
        RemovalsDoubled += other.RemovalsDoubled;
        Astray += other.Astray;
        Malformed += other.Malformed;
        Gaps += other.Gaps;
        SlowGaps += other.SlowGaps;
        SlowCutOff += other.SlowCutOff;
        BytesInWindow += other.BytesInWindow;
        ReadsInWindow += other.ReadsInWindow;
        BusiestReader = Math.Max(BusiestReader, other.BusiestReader);
        LongestCpuWait = Math.Max(LongestCpuWait, other.LongestCpuWait);
        Tally += other.Tally;
        EndToEnd.Add(other.EndToEnd);
        ReadTurns.Add(other.ReadTurns);
        Errors.Add(other.Errors);
    }
}
