using System.Diagnostics;
using System.Net;
using LiveComments.HttpContract.Client;
using LiveComments.Postgres;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>Frontends whose cluster is not there, loses a silo, or loses its database for a while.</summary>
[Trait("Needs", "postgresql")]
public sealed class FrontendTests(PostgresServer postgres, ITestOutputHelper output) : IClassFixture<PostgresServer>
{
    // Enough that each silo owns some of their videos.
    private const int Crowds = 6;

    [Fact]
    public async Task A_frontend_that_starts_before_its_cluster_says_so_once_and_serves_as_soon_as_the_cluster_is_there()
    {
        await using var site = new TestSite(postgres);
        var frontend = await site.StartAsync("frontend");
        using var client = ClientOf(frontend);
        Assert.Equal(HttpStatusCode.OK, await frontend.StatusAsync("/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await frontend.StatusAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await frontend.StatusAsync("/comments/demo/stream"));
        using (var answer = await client.SendAsync("demo", CommentsClient.Body("Ada", "Too early")))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        await site.StartAsync("silo");
        await frontend.SaysAsync(HttpStatusCode.OK);

        await using (var crowd = await Crowd.GatherAsync(client)) await crowd.FinishAsync(client);
        Assert.Single(frontend.Process.Output, line => line.Contains("waits for its cluster", StringComparison.Ordinal));
        Assert.Single(frontend.Process.Output, line => line.StartsWith("warn:", StringComparison.Ordinal));
        Assert.DoesNotContain(frontend.Process.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_frontend_that_is_stopped_before_its_cluster_came_ends_well()
    {
        await using var site = new TestSite(postgres);
        var frontend = await site.StartAsync("frontend");

        Assert.Equal(0, await frontend.Process.TerminateAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_frontend_that_loses_one_of_two_gateways_goes_on_and_its_viewers_get_everything_once_and_in_order(bool hangs)
    {
        await using var site = new TestSite(postgres);
        var lost = await site.StartAsync("silo");
        await site.StartAsync("silo");
        var frontend = await site.StartAsync("frontend");
        await frontend.SaysAsync(HttpStatusCode.OK);
        using var client = ClientOf(frontend);
        var crowds = await GatherAsync(client);

        await (hangs ? lost.Process.PauseAsync() : lost.Process.KillAsync());
        await GoOnAsync(crowds, client);

        Assert.Equal(HttpStatusCode.OK, await frontend.StatusAsync("/health/ready"));
        await FinishAsync(crowds, client);
    }

    [Fact]
    public async Task A_frontend_that_loses_its_only_gateway_is_not_ready_keeps_its_viewers_and_recovers()
    {
        await using var site = new TestSite(postgres);
        var silo = await site.StartAsync("silo");
        var frontend = await site.StartAsync("frontend");
        await frontend.SaysAsync(HttpStatusCode.OK);
        using var client = ClientOf(frontend);
        var crowds = await GatherAsync(client);

        await silo.Process.KillAsync();
        await frontend.SaysAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await frontend.StatusAsync("/health/live"));
        await site.StartAgainAsync(silo, "silo");
        await frontend.SaysAsync(HttpStatusCode.OK);
        await GoOnAsync(crowds, client);

        await FinishAsync(crowds, client);
    }

    [Fact]
    public async Task A_frontend_that_has_lost_its_cluster_refuses_who_comes_in_the_end_and_keeps_who_watches()
    {
        await using var site = new TestSite(postgres);
        var silo = await site.StartAsync("silo");
        var frontend = await site.StartAsync("frontend");
        await frontend.SaysAsync(HttpStatusCode.OK);
        using var client = ClientOf(frontend);
        var video = CommentsClient.NewVideo();
        var first = await client.PostAsync(video, "first");
        using var viewer = await client.WatchAsync(video);
        Assert.Equal(first, await viewer.NextCommentAsync());

        await silo.Process.KillAsync();
        Assert.Equal(HttpStatusCode.OK, await JoinAsync());
        await Patience.UntilAsync(async () => await JoinAsync() == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await frontend.StatusAsync($"/comments/{video}"));

        await site.StartAgainAsync(silo, "silo");
        await Patience.UntilAsync(async () => await JoinAsync() == HttpStatusCode.OK);
        var second = await client.PostAsync(video, "second");
        Assert.Equal(second, await viewer.NextCommentAsync());

        async Task<HttpStatusCode> JoinAsync()
        {
            using var answer = await client.OpenStreamAsync(video);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Nodes_stay_ready_and_keep_their_viewers_while_the_database_does_not_answer()
    {
        await using var site = new TestSite(postgres);
        NodePlace[] nodes = [await site.StartAsync("node"), await site.StartAsync("silo"), await site.StartAsync("frontend")];
        foreach (var node in nodes) await node.SaysAsync(HttpStatusCode.OK);
        using var client = ClientOf(nodes[2]);
        await using var crowd = await Crowd.GatherAsync(client);
        await crowd.Acknowledged.ReachesAsync(5);

        await postgres.PauseAsync();
        try
        {
            foreach (var node in nodes)
            {
                Assert.Equal(HttpStatusCode.OK, await node.StatusAsync("/health/ready"));
                Assert.Equal(HttpStatusCode.OK, await node.StatusAsync("/health/live"));
            }
        }
        finally
        {
            await postgres.ContinueAsync();
        }

        await crowd.FinishAsync(client);
        Assert.Equal(1, crowd.Viewer.Joins);
    }

    private static CommentsClient ClientOf(NodePlace node) => new(new(node.Address));

    private static async Task<Crowd[]> GatherAsync(CommentsClient client)
    {
        var crowds = await Task.WhenAll(Enumerable.Range(0, Crowds).Select(_ => Crowd.GatherAsync(client, posters: 1)));
        await Task.WhenAll(crowds.Select(crowd => crowd.Acknowledged.ReachesAsync(20)));
        return crowds;
    }

    private async Task GoOnAsync(Crowd[] crowds, CommentsClient client)
    {
        var begun = Stopwatch.GetTimestamp();
        var seen = await Task.WhenAll(crowds.Select(async crowd =>
        {
            await crowd.GoesOnAsync(client, "afterwards");
            return Stopwatch.GetElapsedTime(begun);
        }));
        output.WriteLine($"seen again after {string.Join(", ", seen.Order().Select(time => $"{time.TotalMilliseconds:N0}"))} ms");
    }

    // A viewer that has come once was never sent away.
    private static async Task FinishAsync(Crowd[] crowds, CommentsClient client)
    {
        foreach (var crowd in crowds)
        {
            await crowd.FinishAsync(client);
            Assert.Equal(1, crowd.Viewer.Joins);
            await crowd.DisposeAsync();
        }
    }
}
