using System.Diagnostics;
using LiveComments.HttpContract;

namespace LiveComments.Client.Tests;

/// <summary>A client of an edge, which is killed while it follows.</summary>
public sealed class EdgeTests(CommentsServer server) : IClassFixture<CommentsServer>
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    [Fact]
    public async Task Through_a_kill_of_the_edge_nothing_is_lost_doubled_or_out_of_order()
    {
        Uri address = new($"http://127.0.0.1:{FreePort.Next()}/");
        using var direct = server.NewClient();
        using var client = new LiveCommentsClient(new() { Server = address });
        var posted = new List<Comment>();
        await using var following = new Following(client.FollowAsync("edge"));
        await using (await StartAsync())
        {
            await following.NextAsync<ConnectionEvent>();
            await PostAsync(client, 20);
            Assert.Equal(posted.Take(10), await following.TakeAsync(10));
        }

        await PostAsync(direct, 20);
        await using var again = await StartAsync();
        await PostAsync(client, 20);

        Assert.Equal(posted.Skip(10), await following.TakeAsync(50));
        Assert.Equal(posted.AsEnumerable().Reverse(), (await client.ReadPageAsync("edge", limit: 200)).Comments);

        Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(new ProcessStartInfo(
            "dotnet", [Program, "--urls", $"{address}", "--Role=edge", $"--Upstream:Address={server.Address}", .. ContractTarget.Settings]));

        async Task PostAsync(LiveCommentsClient poster, int count)
        {
            for (var number = 0; number < count; number++)
                posted.Add((await poster.PostAsync("edge", $"{posted.Count}", "Ada").InTime()).Comment!);
        }
    }
}
