using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <param name="Connected">Viewers connected when posting started.</param>
/// <param name="Joined">Viewers accepted over the whole run; more than connected where there is churn.</param>
/// <param name="Left">Viewers that left as churn asks.</param>
/// <param name="Failed">Viewers that were not accepted, or whose stream ended before they left; slow ones excepted.</param>
/// <param name="SlowCutOff">Slow viewers whose stream the server ended.</param>
internal sealed record ViewerFigures(long Connected, long Joined, long Left, long Failed, long SlowCutOff)
{
    public static ViewerFigures From(long connected, ViewerTotals viewers) =>
        new(connected, viewers.Joined, viewers.Left, viewers.Errors.Values.Sum(), viewers.SlowCutOff);
}
