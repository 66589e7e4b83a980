using LiveComments.HttpContract.Client;
using LiveComments.HttpContract.Hostile;
using Xunit.Abstractions;

namespace LiveComments.Site.Tests;

/// <summary>Generated input through nginx, which reads and writes every request anew.</summary>
public sealed class HostileSiteTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_that_clients_send_through_nginx_breaks_a_node()
    {
        output.WriteLine($"LIVECOMMENTS_HOSTILE_SEED={HostileInputs.Seed}");
        await using var site = await Site.StartAsync(nodes: 1);
        using var client = new CommentsClient(new(site.Address));
        await client.PostAsync(HostileInputs.Video);
        var inputs = new HostileInputs(site.Address);

        await inputs.SendOneByOneAsync(HostileInputs.Count / 20);

        output.WriteLine(string.Join(", ", inputs.Statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        Assert.DoesNotContain(inputs.Statuses.Keys, status => status >= 500 && status is not (501 or 505));
        Assert.Contains(201, inputs.Statuses.Keys);
        foreach (var node in site.Nodes) node.Process?.AssertNothingLogged();
        await client.PostAsync(HostileInputs.Video);
    }
}
