using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester.Reporting;

/// <param name="AcknowledgedPerSecond">Comments answered with 2xx in the window.</param>
/// <param name="Due">Comments that were to be posted, over the whole run.</param>
/// <param name="Unsent">Of those, the ones for which no connection was free in time.</param>
/// <param name="Acknowledged">Answered with 2xx.</param>
/// <param name="Refused">Answered with 429 or 503.</param>
/// <param name="Failed">Answered with something else, or not at all.</param>
/// <param name="WaitedForPoster">Comments that were due while every connection waited for an answer.</param>
internal sealed record PostFigures(
    double AcknowledgedPerSecond, long Due, long Unsent, long Acknowledged, long Refused, long Failed, long WaitedForPoster)
{
    public static PostFigures From(LoadTestOptions options, PosterTotals posts) => new(
        posts.AcknowledgedInWindow / options.Duration.TotalSeconds,
        posts.Due, posts.Due - posts.Sent, posts.Acknowledged, posts.Refused, posts.Failed, posts.WaitedForPoster);
}
