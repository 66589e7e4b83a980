using System.Net;
using System.Net.Sockets;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>
/// Two edges, one before the other, whose upstream is killed (<c>kill -9</c>) in mid-stream and started again, round after round.
/// </summary>
public sealed class LostUpstreamTests
{
    private const int Rounds = 3;
    private const int Posters = 4;

    private readonly PostLedger _ledger = new();

    [Fact]
    public async Task Viewers_of_an_edge_stay_connected_and_miss_nothing()
    {
        using var database = new TemporaryDatabase();
        var port = FreePort();
        var owner = await ServeAsync(database, port);
        await using var inner = await EdgeServer.StartAsync(owner.Address, ContractTarget.Settings);
        await using var outer = await EdgeServer.StartAsync(inner.Address, ContractTarget.Settings);
        using var client = new CommentsClient(new(outer.Address));
        using var viewer = await client.WatchAsync(_ledger.Video, "?backlog=0");

        for (var round = 1; round <= Rounds; round++)
        {
            var acknowledged = new Tally();
            var posting = Task.WhenAll(Enumerable.Range(0, Posters).Select(poster => PostUntilRefusedAsync(client, $"round {round}, poster {poster}", acknowledged)));
            await acknowledged.ReachesAsync(100);
            await owner.DisposeAsync();
            await posting.InTime();

            // Away: what is known is served, also to who comes now, and nothing is taken.
            Assert.NotEmpty((await client.PageAsync(_ledger.Video, "?limit=200")).Comments);
            using var late = await client.WatchAsync(_ledger.Video, "?backlog=1");
            await late.NextCommentAsync();

            owner = await ServeAsync(database, port);
        }

        await using (owner)
        {
            var last = _ledger.Begin("Last", "last");
            PostedComment? taken = null;
            while (taken is null) taken = await TryPostAsync(client, last);
            var seen = await viewer.TakeThroughAsync(taken);
            var history = await client.HistoryAsync(_ledger.Video);

            _ledger.AssertKeptIn(history);
            Assert.Equal(history, seen);
        }
    }

    [Fact]
    public async Task An_edge_behind_one_that_is_cut_off_refuses_who_comes_as_that_does_and_who_watches_stays()
    {
        using var database = new TemporaryDatabase();
        var port = FreePort();
        var owner = await ServeAsync(database, port);
        await using var inner = await EdgeServer.StartAsync(owner.Address, [.. ContractTarget.Settings, "--Upstream:StaleSeconds=20"]);
        // What it is told counts, not its own time.
        await using var outer = await EdgeServer.StartAsync(inner.Address, [.. ContractTarget.Settings, "--Upstream:StaleSeconds=86400"]);
        using var client = new CommentsClient(new(outer.Address));
        using var innerClient = new CommentsClient(new(inner.Address));
        var first = await client.PostAsync(_ledger.Video, "first");
        using var viewer = await client.WatchAsync(_ledger.Video);
        using var innerViewer = await innerClient.WatchAsync(_ledger.Video);
        Assert.Equal([first, first], [await viewer.NextCommentAsync(), await innerViewer.NextCommentAsync()]);

        await owner.DisposeAsync();
        await Patience.UntilAsync(() => RefusesAsync(innerClient));
        await Patience.UntilAsync(() => RefusesAsync(client));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.Reads.GetAsync($"/comments/{_ledger.Video}")).StatusCode);

        await using (owner = await ServeAsync(database, port))
        {
            using var ownerClient = new CommentsClient(new(owner.Address));
            var second = await ownerClient.PostAsync(_ledger.Video, "second");
            Assert.Equal([second, second], [await viewer.NextCommentAsync(), await innerViewer.NextCommentAsync()]);
            await Patience.UntilAsync(async () => !await RefusesAsync(client));
        }
    }

    private async Task<bool> RefusesAsync(CommentsClient client)
    {
        using var answer = await client.OpenStreamAsync(_ledger.Video);
        if (answer.StatusCode == HttpStatusCode.OK) return false;
        Assert.NotNull(answer.Headers.RetryAfter);
        await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
        return true;
    }

    private async Task PostUntilRefusedAsync(CommentsClient client, string poster, Tally acknowledged)
    {
        for (var i = 0; ; i++)
        {
            var post = _ledger.Begin($"{poster}, post {i}", $"{Guid.NewGuid()}");
            if (await TryPostAsync(client, post) is null) return;
            acknowledged.Increment();
        }
    }

    private async Task<PostedComment?> TryPostAsync(CommentsClient client, BegunPost post)
    {
        using var answer = await client.SendAsync(_ledger.Video, CommentsClient.Body("Ada", post.Message), post.Key);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Assert.NotNull(answer.Headers.RetryAfter);
            await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
            return null;
        }

        var comment = await CommentsClient.CommentOfAsync(HttpStatusCode.Created, answer);
        _ledger.Acknowledge(post, comment);
        return comment;
    }

    private static Task<ServerProcess> ServeAsync(TemporaryDatabase database, int port) =>
        database.ServeAsync([.. ContractTarget.Settings, "--urls", $"http://127.0.0.1:{port}"]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
