namespace LiveComments.LoadTester.Checking;

/// <summary>What a viewer should have received, and what of it did not come.</summary>
internal record struct DeliveryTally
{
    /// <summary>Comments acknowledged with 2xx and posted after the viewer had joined and before it left.</summary>
    public long Expected { get; set; }

    /// <summary>Of those, the ones that never came.</summary>
    public long Missing { get; set; }

    /// <summary>Of those, the ones that never came, as the server had told with <c>event: gap</c>.</summary>
    public long InToldGaps { get; set; }

    /// <summary>Of those, the ones that never came, as they were removed before.</summary>
    public long RemovedUnsent { get; set; }

    /// <summary>Removals acknowledged before the viewer left, of comments that it was sent.</summary>
    public long RemovalsExpected { get; set; }

    /// <summary>Of those, the ones that it was not told of, neither by an event of their own nor by a gap.</summary>
    public long RemovalsMissing { get; set; }

    /// <summary>Comments that came although their post was refused with 4xx.</summary>
    public long RefusedYetDelivered { get; set; }

    public static DeliveryTally operator +(DeliveryTally left, DeliveryTally right) => new()
    {
        Expected = left.Expected + right.Expected,
        Missing = left.Missing + right.Missing,
        InToldGaps = left.InToldGaps + right.InToldGaps,
        RemovedUnsent = left.RemovedUnsent + right.RemovedUnsent,
        RemovalsExpected = left.RemovalsExpected + right.RemovalsExpected,
        RemovalsMissing = left.RemovalsMissing + right.RemovalsMissing,
        RefusedYetDelivered = left.RefusedYetDelivered + right.RefusedYetDelivered,
    };
}
