using System.Threading.Channels;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>An edge whose upstream takes requests and does not answer.</summary>
public sealed class HangingUpstreamTests
{
    [Fact]
    public async Task Who_gives_up_leaves_the_place_to_the_next()
    {
        var asked = Channel.CreateUnbounded<string>();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var upstream = builder.Build();
        upstream.Run(async context =>
        {
            asked.Writer.TryWrite(context.Request.Path);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await upstream.StartAsync();
        await using var edge = await EdgeServer.StartAsync(
            new(upstream.Urls.Single()), [.. ContractTarget.Settings, "--Upstream:TimeoutSeconds=300", "--Limits:MaxViewers=1"]);

        // Its connection is closed with the client, in the midst of the wait.
        var first = new CommentsClient(new(edge.Address));
        var waiting = first.OpenStreamAsync("first");
        Assert.Equal("/comments/first", await asked.Reader.ReadAsync().InTime());
        first.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting.InTime());

        using var second = new CommentsClient(new(edge.Address));
        var reached = asked.Reader.ReadAsync().AsTask();
        await Patience.UntilAsync(async () =>
        {
            var refused = second.OpenStreamAsync("second");
            return await Task.WhenAny(refused, reached) == reached;
        });
        Assert.Equal("/comments/second", await reached);
        Assert.DoesNotContain(edge.Output, line => line.StartsWith("fail:", StringComparison.Ordinal));
    }
}
