using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>A cluster on PostgreSQL: what every cluster is held to, and nodes that come and go in order and out of it.</summary>
[Trait("Needs", "postgresql")]
public sealed class PostgresFailoverTests(PostgresCluster cluster, ITestOutputHelper output)
    : FailoverTests(cluster, output), IClassFixture<PostgresCluster>
{
    /// <inheritdoc/>
    protected override int DefaultKills => 2;

    [Fact]
    public async Task Restarting_every_node_in_turn_fails_no_post_but_with_the_advice_to_come_again()
    {
        await using var crowds = await Crowds.GatherAsync(Cluster, CrowdsPerNode);
        for (var node = 0; node < Cluster.Count; node++)
        {
            await crowds.AdvanceAsync(20);
            var unanswered = crowds.UnansweredWithout(node);

            Assert.Equal(0, await Cluster.Process(node).TerminateAsync());
            var handedOver = await crowds.GoOnWithoutAsync(node, $"restart of {node}");
            Output.WriteLine($"node {node}: seen again {string.Join(", ", handedOver.Order().Select(time => $"{time.TotalMilliseconds:N0}"))} ms after it had left");
            await Cluster.StartAsync(node);

            // That a 503 has Retry-After every poster checks.
            Assert.Equal(unanswered, crowds.UnansweredWithout(node));
        }

        await crowds.FinishAsync();
    }

    [Fact]
    public async Task An_erasure_whose_node_is_killed_is_taken_over_by_another()
    {
        const int Victim = 1;
        using var client = Cluster.Client(posts: Victim, reads: 0);
        var (guest, authorId) = await client.BecomeGuestAsync();
        var videos = Enumerable.Range(0, 200).Select(_ => CommentsClient.NewVideo()).ToList();
        await Parallel.ForEachAsync(videos, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (video, _) =>
        {
            await client.PostAsAsync(guest, video);
            await client.PostAsync(video, "stays");
        });

        var owner = ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: ["*"]);
        using (var answer = await client.SendAsync(HttpMethod.Delete, $"/people/{authorId}/comments", owner))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await Cluster.Process(Victim).KillAsync();

        await client.ErasureEndsAsync(authorId, owner);
        foreach (var video in videos) Assert.Equal("stays", Assert.Single(await client.HistoryAsync(video)).Message);
        Assert.Single(
            Enumerable.Range(0, Cluster.Count).Where(node => node != Victim),
            node => Cluster.Process(node).Output.Any(line => line.Contains($"The erasure of {authorId} is taken over", StringComparison.Ordinal)));
        await Cluster.StartAsync(Victim);
    }

    [Fact]
    public async Task Nodes_that_join_and_leave_together_again_and_again_cost_no_comment()
    {
        var all = new List<Crowds>();
        try
        {
            for (var storm = 1; storm <= 2; storm++)
            {
                await Task.WhenAll(Cluster.Passing.Select(Cluster.StartAsync));
                // New videos, some of which the newcomers own.
                all.Add(await Crowds.GatherAsync(Cluster, CrowdsPerNode));
                await Task.WhenAll(all.Select(crowds => crowds.AdvanceAsync(20)));

                await Task.WhenAll(Cluster.Process(Cluster.Passing[0]).TerminateAsync(), Cluster.Process(Cluster.Passing[1]).KillAsync());
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
