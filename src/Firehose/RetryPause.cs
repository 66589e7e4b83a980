namespace LiveComments.Firehose;

/// <summary>
/// How long to wait before the next try: half a second at first, twice as long each time up to a minute, and half of it by chance.
/// </summary>
internal sealed class RetryPause(Random random)
{
    private const double First = 0.5;
    private const double Longest = 60;
    private const int MostDoublings = 10;

    private readonly Lock _gate = new();

    /// <summary>The pause after so many failures in a row.</summary>
    public TimeSpan After(int failures)
    {
        var most = Math.Min(Longest, First * Math.Pow(2, Math.Min(failures - 1, MostDoublings)));
        lock (_gate) return TimeSpan.FromSeconds(most * (1 + random.NextDouble()) / 2);
    }
}
