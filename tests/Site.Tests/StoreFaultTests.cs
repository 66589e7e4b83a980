using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>A store that is slow to give, cut off, or leaves one without an answer, under a whole site.</summary>
public sealed class StoreFaultTests
{
    [Fact]
    public async Task Requests_to_the_store_that_fail_now_and_then_cost_no_comment()
    {
        await using var site = await Site.StartAsync(3, Crowd.Settings);
        using var client = new CommentsClient(new(site.Address));
        var crowds = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Crowd.GatherAsync(client)));
        var asked = 0;
        site.Store.Faults = _ => (Interlocked.Increment(ref asked) % 10) switch
        {
            1 => Fault.Throttle,
            2 => Fault.CutAfter,
            3 => Fault.CutBefore,
            _ => Fault.None,
        };

        foreach (var crowd in crowds) await crowd.Acknowledged.ReachesAsync(40);

        site.Store.Faults = _ => Fault.None;
        foreach (var crowd in crowds)
        {
            await crowd.FinishAsync(client);
            await crowd.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(Fault.Throttle)]
    [InlineData(Fault.CutBefore)]
    [InlineData(Fault.CutAfter)]
    [InlineData(Fault.Hang)]
    public async Task While_the_store_cannot_be_asked_posts_get_503_and_afterwards_nothing_is_missing(Fault fault)
    {
        await using var site = await Site.StartAsync(nodes: 1, [.. Crowd.Settings, "--DynamoDb:TimeoutMs=300"]);
        using var client = new CommentsClient(new(site.Address));
        var crowd = await Crowd.GatherAsync(client);
        await crowd.Acknowledged.ReachesAsync(20);

        site.Store.Faults = _ => fault;
        using (var refused = await client.SendAsync(CommentsClient.NewVideo(), CommentsClient.Body("Ada", "Hello")).WaitAsync(Patience.Limit))
        {
            Assert.NotNull(refused.Headers.RetryAfter);
            await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, refused);
        }

        site.Store.Faults = _ => Fault.None;
        await crowd.FinishAsync(client);
        await crowd.DisposeAsync();
    }
}
