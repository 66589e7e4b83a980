using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>A cluster on PostgreSQL whose log is in tables of its own: nodes, and the database, that are killed under load.</summary>
[Trait("Needs", "postgresql")]
public sealed class PostgresLogFailoverTests(PostgresLogCluster cluster, ITestOutputHelper output)
    : FailoverTests(cluster, output), IClassFixture<PostgresLogCluster>
{
    /// <inheritdoc/>
    protected override int DefaultKills => 2;

    [Fact]
    public async Task Killing_the_database_under_load_loses_and_doubles_nothing_and_posts_go_on_by_themselves()
    {
        await using var crowds = await Crowds.GatherAsync(Cluster, CrowdsPerNode);
        for (var round = 0; round < 2; round++)
        {
            await crowds.AdvanceAsync(20);
            await cluster.Postgres.KillAsync();
            await cluster.Postgres.StartAsync();
        }

        await crowds.AdvanceAsync(20);
        // Posters were told to come again: 503 with Retry-After, which each checks.
        Assert.All(Enumerable.Range(0, Cluster.Count), node => Assert.Equal(0, crowds.UnansweredWithout(node)));
        await crowds.FinishAsync();
    }
}
