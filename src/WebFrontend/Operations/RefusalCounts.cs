namespace LiveComments.WebFrontend.Operations;

/// <summary>Counts what was refused, and why, in the last minute.</summary>
internal sealed class RefusalCounts
{
    private const int Seconds = 60;

    private readonly Queue<Dictionary<(string, string), long>> _minute = [];

    /// <summary>How many were refused in the last second.</summary>
    public long LastSecond { get; private set; }

    /// <summary>Takes note of a second, and gives the reasons, the most frequent first.</summary>
    public IReadOnlyList<RefusalReport> Next(IEnumerable<(string What, string Reason, long Total)> refusals)
    {
        var now = refusals.ToDictionary(refusal => (refusal.What, refusal.Reason), refusal => refusal.Total);
        LastSecond = now.Values.Sum() - (_minute.LastOrDefault()?.Values.Sum() ?? 0);
        _minute.Enqueue(now);
        if (_minute.Count > Seconds + 1) _minute.Dequeue();
        // Before the first second nothing was refused.
        var before = _minute.Count > Seconds ? _minute.Peek() : [];
        return [.. now
            .Select(pair => new RefusalReport(pair.Key.What, pair.Key.Reason, pair.Value - before.GetValueOrDefault(pair.Key), pair.Value))
            .OrderByDescending(refusal => refusal.LastMinute).ThenByDescending(refusal => refusal.Total)];
    }
}
