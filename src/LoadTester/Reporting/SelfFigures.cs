using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <summary>What the load tester itself took, its worker processes included.</summary>
/// <param name="CpuMicrosecondsPerDelivery">Of the window; null without deliveries.</param>
/// <param name="CpuPercent">Of the window; 100 is one core.</param>
/// <param name="BusiestReaderPercent">How much of the window its busiest reading thread was on a CPU.</param>
/// <param name="CpuWaitPercent">How much of the window a reading thread was ready, and waited for a CPU.</param>
/// <param name="BytesPerViewer">Resident memory that came with the viewers; null with worker processes, which came with them.</param>
/// <param name="PostLateness">How late its own posts were sent.</param>
/// <param name="ReadLateness">How long its own reads may have waited for the reads before them.</param>
/// <param name="Bottlenecks">In which ways it was the limit, a sentence each.</param>
internal sealed record SelfFigures(
    double? CpuMicrosecondsPerDelivery, double CpuPercent, double BusiestReaderPercent, double CpuWaitPercent, double? BytesPerViewer,
    LatencyFigures PostLateness, LatencyFigures ReadLateness, IReadOnlyList<string> Bottlenecks)
{
    public static SelfFigures From(long connected, PosterTotals posts, ViewerTotals viewers, UsageLog usage) => new(
        viewers.DeliveriesInWindow > 0 ? usage.InWindow.Self.Cpu.TotalMicroseconds / viewers.DeliveriesInWindow : null,
        usage.InWindow.Self.Cpu / usage.Window * 100,
        viewers.BusiestReader * 100,
        viewers.LongestCpuWait * 100,
        usage.Workers.Count > 0 ? null : (usage.Connected.Self - usage.Before.Self).ResidentBytes / Math.Max(connected, 1.0),
        LatencyFigures.From(posts.Lateness),
        LatencyFigures.From(viewers.ReadTurns),
        [.. BottleneckList.Find(posts, viewers)]);
}
