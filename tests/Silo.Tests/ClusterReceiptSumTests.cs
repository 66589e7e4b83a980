using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>Receipts over frontends, with edges before them, and what they say of a process that was killed.</summary>
public sealed class ClusterReceiptSumTests
{
    private const string Trust = "--Http:TrustedProxies:0=127.0.0.1";

    private readonly string _video = CommentsClient.NewVideo();

    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task Viewers_of_frontends_and_of_the_edges_before_them_add_up()
    {
        await using var cluster = new SmallCluster();
        await cluster.StartAsync("silo");
        var (first, second) = (await cluster.StartAsync("frontend", Trust), await cluster.StartAsync("frontend", Trust));
        await using var edge = await StartEdgeAsync(first);
        await using var other = await StartEdgeAsync(second);
        using var client = new CommentsClient(new(second.Address, first.Address));
        using var places = new Places([first, second, second, edge, other, other], _video);
        var comment = await places.SeeAsync(client);

        var removal = await client.RemovedByAsync(comment, Moderator);

        foreach (var asked in (ServerProcess[])[first, second, edge])
        {
            using var asking = new CommentsClient(new(asked.Address));
            var receipt = await Receipt.OfAsync(asking, _video, removal, Moderator);
            Assert.Equal((6, 6, 0), (receipt.WereSent, receipt.Told, receipt.NotYet));
            Assert.Equal((2, 2, 2, 0), (receipt.Relays, receipt.RelaysReported, receipt.Nodes, receipt.NodesMissing));
        }
    }

    [Fact]
    public async Task A_frontend_that_was_killed_is_missing_and_the_answer_comes_all_the_same()
    {
        await using var cluster = new SmallCluster();
        await cluster.StartAsync("silo");
        var (first, second) = (await cluster.StartAsync("frontend"), await cluster.StartAsync("frontend"));
        using var client = new CommentsClient(new(first.Address));
        using var places = new Places([first, second, second], _video);
        var removal = await client.RemovedByAsync(await places.SeeAsync(client), Moderator);
        Assert.Equal(3, (await Receipt.OfAsync(client, _video, removal, Moderator)).WereSent);

        await second.KillAsync();

        var receipt = await Receipt.ReadAsync(client, _video, removal, Moderator);
        Assert.Equal((1, 1, 1, 1, false), (receipt.WereSent, receipt.Told, receipt.Nodes, receipt.NodesMissing, receipt.Complete));
    }

    [Fact]
    public async Task Without_an_owner_a_frontend_says_what_it_knows_itself()
    {
        await using var cluster = new SmallCluster();
        var silo = await cluster.StartAsync("silo");
        var (first, second) = (await cluster.StartAsync("frontend"), await cluster.StartAsync("frontend"));
        using var client = new CommentsClient(new(first.Address));
        using var places = new Places([first, second], _video);
        var removal = await client.RemovedByAsync(await places.SeeAsync(client), Moderator);
        Assert.Equal(2, (await Receipt.OfAsync(client, _video, removal, Moderator)).WereSent);

        await silo.KillAsync();

        var receipt = await Receipt.ReadAsync(client, _video, removal, Moderator);
        Assert.Equal((1, 1, 1, 1, false), (receipt.WereSent, receipt.Told, receipt.Nodes, receipt.NodesMissing, receipt.Complete));
    }

    private static Task<ServerProcess> StartEdgeAsync(ServerProcess upstream) => ServerProcess.StartAsync(
        NodePlace.Program, ["--Role=edge", $"--Upstream:Address={upstream.Address}", .. ContractTarget.Settings]);

    /// <summary>A viewer at each of these places.</summary>
    private sealed class Places(IEnumerable<ServerProcess> places, string video) : IDisposable
    {
        private readonly List<CommentsClient> _clients = [.. places.Select(place => new CommentsClient(new(place.Address)))];
        private readonly List<SseViewer> _viewers = [];

        /// <summary>Posts a comment that all of them see.</summary>
        public async Task<PostedComment> SeeAsync(CommentsClient poster)
        {
            foreach (var client in _clients) _viewers.Add(await client.WatchAsync(video));
            var comment = await poster.PostAsync(video);
            foreach (var viewer in _viewers) Assert.Equal(comment, await viewer.NextCommentAsync());
            return comment;
        }

        public void Dispose()
        {
            foreach (var viewer in _viewers) viewer.Dispose();
            foreach (var client in _clients) client.Dispose();
        }
    }
}
