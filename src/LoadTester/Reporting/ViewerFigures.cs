using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <param name="Connected">Viewers connected when posting started.</param>
/// <param name="ConnectSeconds">How long it took until all were accepted, or had failed to be.</param>
/// <param name="Joined">Viewers accepted over the whole run; more than connected if there is churn.</param>
/// <param name="Left">Viewers that left as churn asks.</param>
/// <param name="Failed">Viewers that were not accepted, or whose stream ended before they left; slow ones excepted.</param>
/// <param name="SlowCutOff">Slow viewers whose stream the server ended.</param>
internal sealed record ViewerFigures(long Connected, double ConnectSeconds, long Joined, long Left, long Failed, long SlowCutOff)
{
    public static ViewerFigures From(long connected, TimeSpan connecting, ViewerTotals viewers) =>
        new(connected, connecting.TotalSeconds, viewers.Joined, viewers.Left, viewers.Errors.Values.Sum(), viewers.SlowCutOff);
}
