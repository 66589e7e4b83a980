namespace LiveComments.LoadTester.Viewers;

/// <summary>Doles out things at a steady rate.</summary>
/// <param name="perSecond">The rate.</param>
/// <param name="start">From when, in nanoseconds.</param>
internal sealed class Pace(double perSecond, long start)
{
    private long _taken;

    /// <summary>How many were taken so far.</summary>
    public long Taken => _taken;

    /// <summary>Takes one, if it is due.</summary>
    public bool TryTake(long now)
    {
        if (now < start || _taken >= (now - start) * perSecond / 1e9) return false;
        _taken++;
        return true;
    }
}
