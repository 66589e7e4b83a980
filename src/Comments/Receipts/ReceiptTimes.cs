namespace LiveComments;

/// <summary>
/// How long it took until viewers were told: counted to the millisecond up to 100 ms, to 10 ms up to a second, to 100 ms up to ten, and to
/// the second up to a minute, so that it is short enough to be sent. Safe for use by many threads at once.
/// </summary>
internal sealed class ReceiptTimes
{
    /// <summary>How many counts there are.</summary>
    public const int Length = 331;

    // From which count on there are how many milliseconds, in which steps.
    private static readonly (int Index, int Milliseconds, int Step)[] Scales =
        [(0, 0, 1), (100, 100, 10), (190, 1_000, 100), (280, 10_000, 1_000)];

    private const int MostMilliseconds = 60_000;

    private readonly long[] _counts = new long[Length];

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan took)
    {
        // Clocks of two machines differ.
        var milliseconds = (int)Math.Clamp(Math.Ceiling(took.TotalMilliseconds), 0, MostMilliseconds);
        var scale = Scales.Length - 1;
        while (Scales[scale].Milliseconds > milliseconds) scale--;
        var (index, from, step) = Scales[scale];
        Interlocked.Increment(ref _counts[index + ((milliseconds - from + step - 1) / step)]);
    }

    /// <summary>Counts all that another has counted, as <see cref="ToPairs"/> gives it.</summary>
    public void Add(IReadOnlyList<long> pairs)
    {
        for (var i = 0; i < pairs.Count; i += 2) Interlocked.Add(ref _counts[pairs[i]], pairs[i + 1]);
    }

    /// <summary>What was counted: each place that is not 0, and its count.</summary>
    public IReadOnlyList<long> ToPairs()
    {
        var pairs = new List<long>();
        for (var i = 0; i < Length; i++)
            if (Volatile.Read(ref _counts[i]) is > 0 and var count) pairs.AddRange([i, count]);
        return pairs;
    }

    /// <summary>The milliseconds within which this share of all was told; null if nobody was.</summary>
    public int? Within(double share)
    {
        var all = _counts.Sum();
        if (all == 0) return null;
        var rest = (long)Math.Ceiling(all * share);
        var place = 0;
        while ((rest -= _counts[place]) > 0) place++;
        var (index, from, step) = Scales.Last(scale => place >= scale.Index);
        return from + ((place - index) * step);
    }
}
