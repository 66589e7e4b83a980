using System.Globalization;
using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Decides what makes a run fail. Refused posts (429, 503) and what slow viewers are told do not.</summary>
internal static class FaultList
{
    public static IEnumerable<string> Find(LoadTestOptions options, PosterTotals posts, ViewerTotals viewers)
    {
        var counts = new (long Count, string What)[]
        {
            (viewers.Tally.Missing, "comments missing"),
            (viewers.Doubled, "comments doubled"),
            (viewers.OutOfOrder, "comments out of order"),
            (viewers.Astray, "comments on the wrong stream"),
            (viewers.Tally.RefusedYetDelivered, "comments delivered although refused"),
            (viewers.Resurrected, "comments after their removal"),
            (viewers.Tally.RemovalsMissing, "removals missing"),
            (viewers.RemovalsDoubled, "removals doubled"),
            (viewers.Malformed, "events that cannot be read"),
            (viewers.Gaps, "gaps told to viewers who read at once"),
            (viewers.Errors.Values.Sum(), "viewers not accepted or cut off"),
            (posts.Failed, "posts failed"),
            (posts.Due - posts.Sent, "posts never sent"),
            (posts.Removals.Failed, "removals failed"),
            (posts.Removals.Unsent, "removals never sent"),
        };
        foreach (var (count, what) in counts.Where(fault => fault.Count > 0))
            yield return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}");

        if (options.Removals > 0 && posts.Removals.Acknowledged == 0) yield return "no removal was acknowledged, so none was checked";
        if (options.Rate > 0 && posts.Acknowledged == 0) yield return "no post was acknowledged, so nothing was checked";
    }
}
