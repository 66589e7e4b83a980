using System.Globalization;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>
/// Silos that are killed, or stand still for longer than the cluster waits, under load. The environment variable
/// <c>LIVECOMMENTS_SILO_KILLS</c> sets how many rounds of <c>kill -9</c>.
/// </summary>
public abstract class FailoverTests(ProcessCluster cluster, ITestOutputHelper output) : IDisposable
{
    /// <summary>Enough videos that each silo owns some.</summary>
    protected const int CrowdsPerNode = 4;

    private static readonly int? Kills = Environment.GetEnvironmentVariable("LIVECOMMENTS_SILO_KILLS") is { Length: > 0 } value
        ? int.Parse(value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>How many rounds of kills there are unless the environment says so.</summary>
    protected virtual int DefaultKills => 1;

    /// <summary>The nodes.</summary>
    protected ProcessCluster Cluster { get; } = cluster;

    /// <summary>For figures that a test finds out.</summary>
    protected ITestOutputHelper Output { get; } = output;

    [Fact]
    public async Task Killing_silos_under_load_loses_and_doubles_nothing_and_streams_resume_without_a_gap()
    {
        await using var crowds = await Crowds.GatherAsync(Cluster, CrowdsPerNode);
        for (var round = 1; round <= (Kills ?? DefaultKills); round++)
        {
            await crowds.AdvanceAsync(20);
            var victim = round % Cluster.Count;

            await Cluster.Process(victim).KillAsync();
            var recovered = await crowds.GoOnWithoutAsync(victim, $"round {round}");
            Output.WriteLine($"round {round}: seen again after {string.Join(", ", recovered.Order().Select(time => $"{time.TotalMilliseconds:N0}"))} ms");
            await Cluster.StartAsync(victim);
        }

        await crowds.FinishAsync();
    }

    [Fact]
    public async Task A_silo_that_wakes_after_it_was_declared_dead_has_lost_and_doubled_nothing()
    {
        await using var crowds = await Crowds.GatherAsync(Cluster, CrowdsPerNode);
        await crowds.AdvanceAsync(20);
        const int Sleeper = 2;

        await Cluster.Process(Sleeper).PauseAsync();
        // Nobody knows yet that it sleeps. What it owns can be read all the same.
        await crowds.ReadWithoutAsync(Sleeper);
        // Its videos are posted to again: it was declared dead, and they have other owners.
        await crowds.GoOnWithoutAsync(Sleeper, "asleep");
        await Cluster.Process(Sleeper).ContinueAsync();
        await crowds.AdvanceWithoutAsync(Sleeper, 20);
        // Who was declared dead ends itself; what starts it again is the service manager.
        await Cluster.StartAsync(Sleeper);

        await crowds.FinishAsync();
    }

    /// <summary>Writes what the nodes have logged, for whoever reads why a test failed.</summary>
    public void Dispose()
    {
        for (var node = 0; node < Cluster.Count; node++)
            foreach (var line in Cluster.Process(node).Output) Output.WriteLine($"{node}: {line}");
        GC.SuppressFinalize(this);
    }
}
