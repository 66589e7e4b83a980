namespace LiveComments.LoadTester.Tests.FaultyServer;

/// <summary>What the tiny server did, by its own count.</summary>
internal sealed class FaultCounts
{
    public int Published { get; set; }

    public int Delivered { get; set; }

    public int Lost { get; set; }

    public int Doubled { get; set; }

    public int Swapped { get; set; }

    public int Leaked { get; set; }

    public int WithoutId { get; set; }

    public int Refused { get; set; }

    public int RefusedYetDelivered { get; set; }

    public int PostsCut { get; set; }

    public int StreamsCut { get; set; }

    public int Gaps { get; set; }

    public int InGaps { get; set; }

    public int Removed { get; set; }

    /// <summary>Removals, over all viewers, told or not.</summary>
    public int RemovalsDue { get; set; }

    public int RemovalsForgotten { get; set; }

    public int RemovalsDoubled { get; set; }

    public int RemovalsStale { get; set; }

    public int RemovalsInGaps { get; set; }

    public int Resurrected { get; set; }

    /// <summary>Comments, over all viewers, that were removed while they waited to be sent.</summary>
    public int RemovedUnsent { get; set; }

    public int HistorySent { get; set; }

    public int StreamsOpened { get; set; }

    /// <summary>The heads of all requests, and of posts the bodies too.</summary>
    public List<string> Requests { get; } = [];

    public HashSet<string> ClientAddresses { get; } = [];
}
