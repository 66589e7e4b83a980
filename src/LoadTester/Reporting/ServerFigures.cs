using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <param name="CpuMicrosecondsPerDelivery">Of the window; null without deliveries.</param>
/// <param name="CpuPercent">Of the window; 100 is one core.</param>
/// <param name="BytesPerViewer">Resident memory that came with the viewers, before anything was posted.</param>
/// <param name="BytesPerViewerAtEnd">The same at the end of the window.</param>
/// <param name="ResidentBytes">At the end of the window.</param>
/// <param name="PeakResidentBytes">The most that its processes ever had, each at its own time.</param>
/// <param name="SocketBytes">
/// How much more the TCP buffers of the machine, both ends, hold at the end of the window than before the first viewer.
/// </param>
/// <param name="WarmUpSeconds">How long it was warmed up.</param>
/// <param name="WarmUpCpuSeconds">CPU time in each of the warm-up's windows of <c>--steady</c>, or of 5 s: the first are a cold server's.</param>
internal sealed record ServerFigures(
    double? CpuMicrosecondsPerDelivery, double CpuPercent, double BytesPerViewer, double BytesPerViewerAtEnd, long ResidentBytes,
    long PeakResidentBytes, long SocketBytes, double WarmUpSeconds, IReadOnlyList<double> WarmUpCpuSeconds)
{
    public static ServerFigures From(long connected, ViewerTotals viewers, UsageLog usage) => new(
        viewers.DeliveriesInWindow > 0 ? usage.InWindow.Server.Cpu.TotalMicroseconds / viewers.DeliveriesInWindow : null,
        usage.InWindow.Server.Cpu / usage.Window * 100,
        (usage.Connected.Server - usage.Before.Server).ResidentBytes / Math.Max(connected, 1.0),
        (usage.End.Server - usage.Before.Server).ResidentBytes / Math.Max(connected, 1.0),
        usage.End.Server.ResidentBytes,
        usage.End.Server.PeakResidentBytes,
        usage.End.SocketBytes - usage.Before.SocketBytes,
        usage.WarmUp.Length.TotalSeconds,
        usage.WarmUp.CpuSeconds);
}
