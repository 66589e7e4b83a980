using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>Receipts where edges follow nodes through nginx, which routes their reports as it routes the streams.</summary>
public sealed class SiteReceiptSumTests
{
    private const string Trust = "--Http:TrustedProxies:0=127.0.0.1";

    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task Viewers_of_edges_add_up_to_those_of_the_node_that_owns_the_video()
    {
        await using var site = await Site.StartAsync(settings: [Trust]);
        await using var first = await StartEdgeAsync(site);
        await using var second = await StartEdgeAsync(site);
        using var client = new CommentsClient(new(site.Address));
        using var atFirst = new CommentsClient(new(first.Address));
        using var atSecond = new CommentsClient(new(second.Address));
        // Several, so that not all of them are owned by one node.
        for (var i = 0; i < 4; i++)
        {
            var video = CommentsClient.NewVideo();
            using var viewer = await client.WatchAsync(video);
            using var edgeViewer = await atFirst.WatchAsync(video);
            using var otherViewer = await atSecond.WatchAsync(video);
            var comment = await atFirst.PostAsync(video);
            foreach (var who in (SseViewer[])[viewer, edgeViewer, otherViewer]) Assert.Equal(comment, await who.NextCommentAsync());

            var removal = await client.RemovedByAsync(comment, Moderator);

            var receipt = await Receipt.OfAsync(client, video, removal, Moderator);
            Assert.Equal((3, 3, 2, 2), (receipt.WereSent, receipt.Told, receipt.Relays, receipt.RelaysReported));
        }
    }

    private static Task<ServerProcess> StartEdgeAsync(Site site) => ServerProcess.StartAsync(
        Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll"),
        ["--Role=edge", $"--Upstream:Address={site.Address}", .. ContractTarget.Settings]);
}
