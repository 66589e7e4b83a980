using System.Globalization;

namespace LiveComments.LoadTester.Reporting;

/// <param name="Elapsed">Since the run began.</param>
/// <param name="Phase">What it does now.</param>
/// <param name="Connected">Viewers connected now.</param>
/// <param name="Posted">Comments acknowledged so far.</param>
/// <param name="DeliveriesPerSecond">In the last interval.</param>
/// <param name="P99">End-to-end latency so far, in milliseconds.</param>
internal sealed record RunProgress(
    TimeSpan Elapsed, string Phase, long Connected, long Posted, double DeliveriesPerSecond, double P99)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds,4:N0} s  {Phase,-10}  {Connected:N0} connected  {Posted:N0} posted  "
        + $"{DeliveriesPerSecond:N0} deliveries/s  p99 {P99:N1} ms");
}
