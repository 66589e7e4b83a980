using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Whole-run counts, except where a figure says it is of the window.</summary>
/// <param name="PerSecond">Of the window.</param>
/// <param name="PerRead">Of the window: how many come together; null without any.</param>
/// <param name="BytesEach">Of the window: received bytes for each, framing included; null without any.</param>
/// <param name="Total">First deliveries of comments posted since the viewer joined.</param>
/// <param name="Expected">Comments acknowledged with 2xx and posted while the viewer was there.</param>
/// <param name="Missing">Expected, and never came.</param>
/// <param name="Doubled">Came again.</param>
/// <param name="OutOfOrder">Came with an id not above the one before.</param>
/// <param name="Astray">Came on the stream of another video, or were never posted.</param>
/// <param name="RefusedYetDelivered">Came although their post was refused with 4xx.</param>
/// <param name="Malformed">Events with an id or data that cannot be read.</param>
/// <param name="Gaps"><c>event: gap</c> told to viewers who read at once.</param>
/// <param name="SlowGaps"><c>event: gap</c> told to slow viewers.</param>
/// <param name="InToldGaps">Expected, and told not to come.</param>
/// <param name="RemovedUnsent">Expected, and removed before they could come.</param>
/// <param name="Resurrected">Came after the viewer had been told of their removal.</param>
/// <param name="BeforeJoin">Posted by this run before the viewer had joined.</param>
/// <param name="Foreign">Comments of others.</param>
internal sealed record DeliveryFigures(
    double PerSecond, double? PerRead, double? BytesEach, long Total, long Expected, long Missing, long Doubled, long OutOfOrder,
    long Astray, long RefusedYetDelivered, long Malformed, long Gaps, long SlowGaps, long InToldGaps, long RemovedUnsent,
    long Resurrected, long BeforeJoin, long Foreign)
{
    public static DeliveryFigures From(LoadTestOptions options, ViewerTotals viewers) => new(
        viewers.DeliveriesInWindow / options.Duration.TotalSeconds,
        viewers.DeliveriesInWindow > 0 ? (double)viewers.DeliveriesInWindow / viewers.ReadsInWindow : null,
        viewers is { DeliveriesInWindow: > 0, BytesInWindow: > 0 } ? (double)viewers.BytesInWindow / viewers.DeliveriesInWindow : null,
        viewers.Deliveries, viewers.Tally.Expected, viewers.Tally.Missing, viewers.Doubled, viewers.OutOfOrder,
        viewers.Astray, viewers.Tally.RefusedYetDelivered, viewers.Malformed, viewers.Gaps, viewers.SlowGaps,
        viewers.Tally.InToldGaps, viewers.Tally.RemovedUnsent, viewers.Resurrected, viewers.BeforeJoin, viewers.Foreign);
}
