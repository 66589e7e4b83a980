namespace LiveComments.WebFrontend.FanOut;

/// <summary>
/// How long it took until viewers were told: counted by the millisecond up to a second, by 100 ms beyond. Safe for use by many threads at
/// once.
/// </summary>
internal sealed class ReceiptTimes
{
    private const int Fine = 1_000;
    private const int Step = 100;
    private const int MostMilliseconds = 60_000;

    private readonly int[] _counts = new int[Fine + ((MostMilliseconds - Fine) / Step) + 1];

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan took)
    {
        // Clocks of two machines differ.
        var milliseconds = (int)Math.Clamp(Math.Ceiling(took.TotalMilliseconds), 0, MostMilliseconds);
        Interlocked.Increment(ref _counts[milliseconds < Fine ? milliseconds : Fine + ((milliseconds - Fine) / Step)]);
    }

    /// <summary>Counts all that another has counted.</summary>
    public void Add(ReceiptTimes other)
    {
        for (var i = 0; i < _counts.Length; i++) Interlocked.Add(ref _counts[i], Volatile.Read(ref other._counts[i]));
    }

    /// <summary>The milliseconds within which this share of all was told; null if nobody was.</summary>
    public int? Within(double share)
    {
        var all = _counts.Sum(count => (long)count);
        if (all == 0) return null;
        var rest = (long)Math.Ceiling(all * share);
        for (var i = 0; i < _counts.Length; i++)
            if ((rest -= _counts[i]) <= 0) return i < Fine ? i : Fine + ((i - Fine + 1) * Step);
        return MostMilliseconds;
    }
}
