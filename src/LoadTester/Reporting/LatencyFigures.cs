using LiveComments.LoadTester.Measuring;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Milliseconds.</summary>
internal sealed record LatencyFigures(long Count, double P50, double P90, double P99, double P999, double Max)
{
    public static LatencyFigures From(LatencyHistogram latency) => new(
        latency.Total, At(latency, 0.5), At(latency, 0.9), At(latency, 0.99), At(latency, 0.999), latency.Max / 1e6);

    private static double At(LatencyHistogram latency, double share) => latency.Percentile(share) / 1e6;
}
