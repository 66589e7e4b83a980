using System.Globalization;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>
/// Silos that are killed, or stand still for longer than the cluster waits, under load. The environment variable
/// <c>LIVECOMMENTS_SILO_KILLS</c> sets how many rounds of <c>kill -9</c>.
/// </summary>
[Trait("Needs", "postgresql")]
public sealed class FailoverTests(PostgresCluster cluster, ITestOutputHelper output) : IClassFixture<PostgresCluster>
{
    // Enough videos that each silo owns some.
    private const int CrowdsPerNode = 4;

    private static readonly int Kills =
        Environment.GetEnvironmentVariable("LIVECOMMENTS_SILO_KILLS") is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : 2;

    [Fact]
    public async Task Killing_silos_under_load_loses_and_doubles_nothing_and_streams_resume_without_a_gap()
    {
        await using var crowds = await Crowds.GatherAsync(cluster, CrowdsPerNode);
        for (var round = 1; round <= Kills; round++)
        {
            await crowds.AdvanceAsync(20);
            var victim = round % cluster.Count;

            await cluster.Process(victim).KillAsync();
            var recovered = await crowds.GoOnWithoutAsync(victim, $"round {round}");
            output.WriteLine($"round {round}: seen again after {string.Join(", ", recovered.Order().Select(time => $"{time.TotalMilliseconds:N0}"))} ms");
            await cluster.StartAsync(victim);
        }

        await crowds.FinishAsync();
    }

    [Fact]
    public async Task A_silo_that_wakes_after_it_was_declared_dead_has_lost_and_doubled_nothing()
    {
        await using var crowds = await Crowds.GatherAsync(cluster, CrowdsPerNode);
        await crowds.AdvanceAsync(20);
        const int Sleeper = 2;

        await cluster.Process(Sleeper).PauseAsync();
        // Its videos are posted to again: it was declared dead, and they have other owners.
        await crowds.GoOnWithoutAsync(Sleeper, "asleep");
        await cluster.Process(Sleeper).ContinueAsync();
        await crowds.AdvanceWithoutAsync(Sleeper, 20);
        // Who was declared dead ends itself; what starts it again is the service manager.
        await cluster.StartAsync(Sleeper);

        await crowds.FinishAsync();
    }

    [Fact]
    public async Task Restarting_every_node_in_turn_fails_no_post_but_with_the_advice_to_come_again()
    {
        await using var crowds = await Crowds.GatherAsync(cluster, CrowdsPerNode);
        for (var node = 0; node < cluster.Count; node++)
        {
            await crowds.AdvanceAsync(20);
            var unanswered = crowds.UnansweredWithout(node);

            Assert.Equal(0, await cluster.Process(node).TerminateAsync());
            var handedOver = await crowds.GoOnWithoutAsync(node, $"restart of {node}");
            output.WriteLine($"node {node}: seen again {string.Join(", ", handedOver.Order().Select(time => $"{time.TotalMilliseconds:N0}"))} ms after it had left");
            await cluster.StartAsync(node);

            // That a 503 has Retry-After every poster checks.
            Assert.Equal(unanswered, crowds.UnansweredWithout(node));
        }

        await crowds.FinishAsync();
    }

    [Fact]
    public async Task Nodes_that_join_and_leave_together_again_and_again_cost_no_comment()
    {
        var all = new List<Crowds>();
        try
        {
            for (var storm = 1; storm <= 2; storm++)
            {
                await Task.WhenAll(cluster.Passing.Select(cluster.StartAsync));
                // New videos, some of which the newcomers own.
                all.Add(await Crowds.GatherAsync(cluster, CrowdsPerNode));
                await Task.WhenAll(all.Select(crowds => crowds.AdvanceAsync(20)));

                await Task.WhenAll(cluster.Process(cluster.Passing[0]).TerminateAsync(), cluster.Process(cluster.Passing[1]).KillAsync());
                await Task.WhenAll(all.Select(crowds => crowds.AdvanceAsync(20)));
            }

            foreach (var crowds in all) await crowds.FinishAsync();
        }
        finally
        {
            foreach (var crowds in all) await crowds.DisposeAsync();
        }
    }
}
