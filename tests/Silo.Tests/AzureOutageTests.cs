using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>Azure Storage goes away under load, with the membership and the log in it, and comes back.</summary>
[Collection(AzureTableLog.Name)]
[Trait("Needs", "azurite")]
public sealed class AzureOutageTests(AzureTableCluster cluster)
{
    [Fact]
    public async Task While_the_storage_is_away_posts_get_503_and_after_it_nothing_is_lost_and_the_members_are_still_there()
    {
        await using var crowds = await Crowds.GatherAsync(cluster, perNode: 4);
        await crowds.AdvanceAsync(20);

        await cluster.Azurite.StopAsync();
        for (var node = 0; node < cluster.Count; node++) await RefusesAsync(node);
        await cluster.Azurite.StartAsync();

        await crowds.AdvanceAsync(20);
        // A node that comes now finds the others by the list in the storage, and can be asked for what they own.
        var newcomer = cluster.Passing[0];
        await cluster.StartAsync(newcomer);
        using (var client = cluster.Client(posts: newcomer, reads: newcomer))
        {
            await using var atNewcomer = await Crowd.GatherAsync(client, posters: 1);
            await atNewcomer.GoesOnAsync(client, "newcomer");
            await atNewcomer.FinishAsync(client);
        }

        Assert.Equal(0, await cluster.Process(newcomer).TerminateAsync());
        await crowds.FinishAsync();
    }

    private async Task RefusesAsync(int node)
    {
        using var client = cluster.Client(posts: node, reads: node);
        using var answer = await client.SendAsync(CommentsClient.NewVideo(), CommentsClient.Body("Ada", "Hello"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }
}
