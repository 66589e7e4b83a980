namespace LiveComments.WebFrontend.Operations;

/// <summary>
/// Latencies of the last second and the last minute, as counts in buckets that grow by a twelfth: any number of threads record without
/// waiting for each other, one reads.
/// </summary>
internal sealed class LatencyWindow
{
    private const int Seconds = 60;
    private const int BucketsPerDoubling = 9;

    // From 0.05 ms, which is next to nothing, to more than a minute.
    private const double SmallestMs = 0.05;
    private const int Buckets = 190;

    private readonly int[][] _seconds = [.. Enumerable.Range(0, Seconds).Select(_ => new int[Buckets])];
    private int[] _current = new int[Buckets];
    private int _next;

    /// <summary>Adds one latency.</summary>
    public void Record(TimeSpan latency)
    {
        var bucket = (int)Math.Ceiling(Math.Log2(latency.TotalMilliseconds / SmallestMs) * BucketsPerDoubling);
        Interlocked.Increment(ref Volatile.Read(ref _current)[Math.Clamp(bucket, 0, Buckets - 1)]);
    }

    /// <summary>
    /// Ends a second, and gives its percentiles and those of the minute that ends with it; null if nothing was recorded.
    /// </summary>
    public (Percentiles? Second, Percentiles? Minute) EndSecond()
    {
        var oldest = _seconds[_next];
        Array.Clear(oldest);
        // A thread that has just found the old counts may still add to them: it then counts in the minute, if not in the second.
        var second = Interlocked.Exchange(ref _current, oldest);
        _seconds[_next] = second;
        _next = (_next + 1) % Seconds;

        var minute = new int[Buckets];
        foreach (var counts in _seconds)
            for (var bucket = 0; bucket < Buckets; bucket++) minute[bucket] += counts[bucket];
        return (Of(second), Of(minute));
    }

    private static Percentiles? Of(int[] counts)
    {
        var total = counts.Sum();
        return total == 0 ? null : new(At(counts, total, .5), At(counts, total, .95), At(counts, total, .99));
    }

    private static double At(int[] counts, int total, double part)
    {
        var left = (int)Math.Ceiling(total * part);
        var bucket = 0;
        while ((left -= counts[bucket]) > 0) bucket++;
        return Math.Round(SmallestMs * Math.Pow(2, (double)bucket / BucketsPerDoubling), 2);
    }
}
