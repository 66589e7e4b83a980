using System.Numerics;

namespace LiveComments.LoadTester.Measuring;

/// <summary>
/// Counts durations in log-linear buckets: 128 to each doubling, so that a percentile is at most 1/128 (0.8%) too high,
/// and never too low. Written by one thread; a reader meanwhile sees a moment of it.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>Longer durations count as this one: 2^40 ns, 18 minutes.</summary>
    public const long Highest = (1L << 40) - 1;

    private const int BitsPerDoubling = 7;
    private const int BucketsPerDoubling = 1 << BitsPerDoubling;

    /// <summary>How many durations fell into each bucket.</summary>
    public long[] Counts { get; init; } = new long[Bucket(Highest) + 1];

    /// <summary>How many durations were recorded.</summary>
    public long Total { get; set; }

    /// <summary>The longest, exactly, in nanoseconds.</summary>
    public long Max { get; set; }

    /// <summary>Counts a duration in nanoseconds; one below zero counts as zero.</summary>
    public void Record(long nanoseconds)
    {
        nanoseconds = Math.Clamp(nanoseconds, 0, Highest);
        Counts[Bucket(nanoseconds)]++;
        Total++;
        Max = Math.Max(Max, nanoseconds);
    }

    /// <summary>Adds all that another one counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < Counts.Length; bucket++) Counts[bucket] += other.Counts[bucket];

        Total += other.Total;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The duration in nanoseconds which this share (0-1) of all durations does not exceed; 0 without any.</summary>
    public long Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Total);
        long below = 0;
        for (var bucket = 0; bucket < Counts.Length; bucket++)
        {
            below += Counts[bucket];
            if (below >= rank && below > 0) return Math.Min(UpperBound(bucket), Max);
        }

        return Max;
    }

    private static int Bucket(long nanoseconds)
    {
        var shift = Math.Max(BitOperations.Log2((ulong)nanoseconds) - BitsPerDoubling, 0);
        return shift * BucketsPerDoubling + (int)(nanoseconds >> shift);
    }

    private static long UpperBound(int bucket)
    {
        var shift = Math.Max(bucket / BucketsPerDoubling - 1, 0);
        return ((bucket - (long)shift * BucketsPerDoubling + 1) << shift) - 1;
    }
}
