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

    /// <summary>Comments that came although their post was refused with 4xx.</summary>
    public long RefusedYetDelivered { get; set; }

    public static DeliveryTally operator +(DeliveryTally left, DeliveryTally right) => new()
    {
        Expected = left.Expected + right.Expected,
        Missing = left.Missing + right.Missing,
        InToldGaps = left.InToldGaps + right.InToldGaps,
        RefusedYetDelivered = left.RefusedYetDelivered + right.RefusedYetDelivered,
    };
}
