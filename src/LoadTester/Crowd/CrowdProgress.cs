using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Crowd;

/// <param name="Connected">Viewers connected now.</param>
/// <param name="Deliveries">Comments delivered so far.</param>
/// <param name="P99">End-to-end latency so far, in nanoseconds; of several processes, the worst one's.</param>
internal readonly record struct CrowdProgress(long Connected, long Deliveries, long P99)
{
    public static CrowdProgress Of(ViewerTotals totals) =>
        new(totals.Connected, totals.Deliveries, totals.EndToEnd.Percentile(0.99));

    public static CrowdProgress operator +(CrowdProgress left, CrowdProgress right) =>
        new(left.Connected + right.Connected, left.Deliveries + right.Deliveries, Math.Max(left.P99, right.P99));
}
