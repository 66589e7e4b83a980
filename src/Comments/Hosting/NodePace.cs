namespace LiveComments;

/// <summary>What a node saves first: time or work.</summary>
public enum PaceGoal
{
    /// <summary>Time while processors are idle, work as they fill.</summary>
    Auto,

    /// <summary>Time: what has come goes as soon as what is under way is done.</summary>
    Latency,

    /// <summary>Work: as much as the bounds allow goes together.</summary>
    Cost,
}

/// <summary>
/// How long what has come may wait for more to go with it: comments for a flush or a commit. Together they cost less, and a node whose
/// processors are busy must save; where they are idle nobody has the time that is saved. Safe for use by many threads at once.
/// </summary>
/// <param name="goal">What is saved first.</param>
/// <param name="load">The part of the processors that is busy, 0 to 1; read only where it matters.</param>
public sealed class NodePace(PaceGoal goal, Func<double> load)
{
    // From half of the processors on the waits grow, and at nine tenths they are at their bounds: with what is left threads begin to wait.
    private const double IdleBelow = 0.5;
    private const double BusyFrom = 0.9;

    // A fifth of the wait costs up to five times the work, of processors that have half of their time left.
    private const double OfIdleNode = 0.2;

    /// <summary>The longest wait now, where <paramref name="bound"/> is that of a busy node.</summary>
    public TimeSpan LongestWait(TimeSpan bound) => goal switch
    {
        PaceGoal.Latency => TimeSpan.Zero,
        PaceGoal.Cost => bound,
        _ => bound * double.Lerp(OfIdleNode, 1, Math.Clamp((load() - IdleBelow) / (BusyFrom - IdleBelow), 0, 1)),
    };
}
