using System.Diagnostics;
using System.Globalization;
using LiveComments.HttpContract.Client;
using Xunit.Abstractions;

namespace LiveComments.Site.Tests;

/// <summary>
/// <c>kill -9</c> of the owner under load, round after round. The environment variable <c>LIVECOMMENTS_FAILOVER_ROUNDS</c> sets how many.
/// </summary>
public sealed class FailoverTests(ITestOutputHelper output)
{
    private static readonly int Rounds =
        Environment.GetEnvironmentVariable("LIVECOMMENTS_FAILOVER_ROUNDS") is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : 4;

    [Fact]
    public async Task Killing_owners_under_load_loses_and_doubles_nothing_and_streams_resume_without_a_gap()
    {
        await using var site = await Site.StartAsync(3, Crowd.Settings);
        using var client = new CommentsClient(new(site.Address));
        var crowds = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Crowd.GatherAsync(client)));

        for (var round = 1; round <= Rounds; round++)
        {
            var hit = crowds[round % crowds.Length];
            await hit.Acknowledged.ReachesAsync(hit.Acknowledged.Count + 50);
            var owner = site.Nodes.Single(node => node.Name == hit.Viewer.Node);

            var killed = Stopwatch.StartNew();
            await owner.KillAsync();
            await Task.WhenAll(crowds.Select(async crowd =>
            {
                var retries = crowd.Retries;
                var poster = new FaithfulPoster(client, crowd.Ledger, $"round {round}");
                await poster.PostAsync();
                var posted = killed.Elapsed;
                await crowd.Viewer.SeesAsync($"round {round}, post 0");
                output.WriteLine(
                    $"round {round}{(crowd == hit ? ", the killed owner's" : "")}: acknowledged after {posted.TotalMilliseconds:N0} ms, "
                    + $"seen after {killed.Elapsed.TotalMilliseconds:N0} ms, {crowd.Retries - retries} posts made again");
            }));
            await owner.StartAsync();
        }

        foreach (var crowd in crowds)
        {
            await crowd.FinishAsync(client);
            await crowd.DisposeAsync();
        }
    }
}
