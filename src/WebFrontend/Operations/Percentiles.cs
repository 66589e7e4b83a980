namespace LiveComments.WebFrontend.Operations;

/// <summary>Latencies in milliseconds, each at most a twelfth too high.</summary>
/// <param name="P50">Half were no longer.</param>
/// <param name="P95">19 of 20 were no longer.</param>
/// <param name="P99">99 of 100 were no longer.</param>
public sealed record Percentiles(double P50, double P95, double P99);
