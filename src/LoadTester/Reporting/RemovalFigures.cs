using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <param name="Acknowledged">Answered with 2xx.</param>
/// <param name="Refused">Answered with 429 or 503.</param>
/// <param name="Failed">Answered with something else, or not at all.</param>
/// <param name="Unsent">Removals for which no connection was free in time.</param>
/// <param name="Told">Events that told one or more removals, over all viewers; those of others among them.</param>
/// <param name="Expected">Acknowledged removals of comments that a viewer was sent, over all viewers.</param>
/// <param name="Missing">Expected, and the viewer was not told.</param>
/// <param name="Doubled">A viewer was told again.</param>
internal sealed record RemovalFigures(
    long Acknowledged, long Refused, long Failed, long Unsent, long Told, long Expected, long Missing, long Doubled)
{
    public static RemovalFigures From(RemovalTotals removals, ViewerTotals viewers) => new(
        removals.Acknowledged, removals.Refused, removals.Failed, removals.Unsent,
        viewers.Removals, viewers.Tally.RemovalsExpected, viewers.Tally.RemovalsMissing, viewers.RemovalsDoubled);
}
