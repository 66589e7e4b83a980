using System.Globalization;
using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <summary>Decides where the load tester, and not the server, may have set a figure.</summary>
internal static class BottleneckList
{
    private const double BusyReader = 0.85;
    private const double LongCpuWait = 0.2;
    private const double FewPosts = 0.01;
    private const long LatePost = 5_000_000;
    private const long LateRead = 20_000_000;

    public static IEnumerable<string> Find(PosterTotals posts, ViewerTotals viewers)
    {
        if (viewers.BusiestReader > BusyReader)
            yield return Say($"A reading thread was busy {viewers.BusiestReader:P0} of the time: use --processes, or fewer viewers.");

        if (viewers.LongestCpuWait > LongCpuWait)
        {
            yield return Say(
                $"A reading thread waited {viewers.LongestCpuWait:P0} of the time for a CPU: the machine is full, and latencies show it.");
        }

        if (viewers.ReadTurns.Percentile(0.99) is > LateRead and var read)
            yield return Say($"Its own reads ran up to {read / 1e6:N0} ms late (p99).");

        if (posts.Lateness.Percentile(0.99) is > LatePost and var late)
            yield return Say($"Its own posts ran {late / 1e6:N0} ms late (p99).");

        if (posts.WaitedForPoster > posts.Due * FewPosts)
            yield return Say($"{posts.WaitedForPoster:N0} posts were due while all --posters waited for answers.");
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
