using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>What nodes write while all is well.</summary>
[Collection(ClusterContract.Name)]
public sealed class ClusterLogTests(LocalCluster cluster)
{
    [Fact]
    public async Task Silos_that_take_on_videos_write_no_line_about_each()
    {
        using var client = new CommentsClient(cluster.Target);
        for (var video = 0; video < 50; video++) await client.PostAsync(CommentsClient.NewVideo());

        foreach (var node in cluster.Nodes)
            Assert.DoesNotContain(node.Output, line => line.Contains("Polly", StringComparison.Ordinal));
    }
}
