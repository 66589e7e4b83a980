using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>Receipts of removals where viewers are at edges: the edges report them, and are believed if they are trusted.</summary>
public sealed class EdgeReceiptTests : IDisposable
{
    private const string Trust = "--Http:TrustedProxies:0=127.0.0.1";

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_viewers_of_all_edges_add_up_also_of_edges_behind_edges()
    {
        await using var owner = await _database.ServeAsync([.. ContractTarget.Settings, Trust]);
        await using var edge = await EdgeServer.StartAsync(owner.Address, ContractTarget.Settings);
        await using var middle = await EdgeServer.StartAsync(owner.Address, [.. ContractTarget.Settings, Trust]);
        await using var behind = await EdgeServer.StartAsync(middle.Address, ContractTarget.Settings);
        ServerProcess[] places = [owner, edge, edge, middle, behind, behind, behind];
        var clients = places.Select(place => new CommentsClient(new(place.Address))).ToList();
        var viewers = await Task.WhenAll(clients.Select(client => client.WatchAsync(_video)));
        var comment = await clients[0].PostAsync(_video);
        foreach (var viewer in viewers) Assert.Equal(comment, await viewer.NextCommentAsync());
        using var later = await clients[1].WatchAsync(_video, "?backlog=0");

        // Asked at an edge it is that of the owner.
        var removal = await clients[0].RemovedByAsync(comment, Moderator);
        foreach (var client in (CommentsClient[])[clients[0], clients[^1]])
        {
            var receipt = await Receipt.OfAsync(client, _video, removal, Moderator);
            Assert.Equal((7, 7, 0, 0), (receipt.WereSent, receipt.Told, receipt.NotYet, receipt.Left));
            Assert.Equal((3, 3, 1, 0), (receipt.Relays, receipt.RelaysReported, receipt.Nodes, receipt.NodesMissing));
        }

        foreach (var viewer in viewers) viewer.Dispose();
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task An_edge_that_is_not_trusted_is_missing_and_says_in_its_log_what_to_set()
    {
        await using var owner = await _database.ServeAsync(ContractTarget.Settings);
        await using var edge = await EdgeServer.StartAsync(owner.Address, ContractTarget.Settings);
        using var client = new CommentsClient(new(edge.Address));
        using var viewer = await client.WatchAsync(_video);
        var comment = await client.PostAsync(_video);
        Assert.Equal(comment, await viewer.NextCommentAsync());

        var removal = await client.RemovedByAsync(comment, Moderator);

        await edge.WritesAsync("The upstream answered 403 to a report of who was told of a removal").InTime();
        Assert.Contains(edge.Output, line => line.Contains("Http:TrustedProxies", StringComparison.Ordinal));
        var receipt = await Receipt.ReadAsync(client, _video, removal, Moderator);
        Assert.Equal((0, 1, 0, false), (receipt.WereSent, receipt.Relays, receipt.RelaysReported, receipt.Complete));
    }

    [Fact]
    public async Task A_later_report_of_an_edge_replaces_its_earlier_one()
    {
        await using var owner = await _database.ServeAsync([.. ContractTarget.Settings, Trust]);
        using var client = new CommentsClient(new(owner.Address));
        var removal = await client.RemovedByAsync(await client.PostAsync(_video), Moderator);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var report in (string[])
            [
                Receipt.Report(removal, wereSent: 5, told: 1, first), Receipt.Report(removal, wereSent: 7, told: 7, second),
                Receipt.Report(removal, wereSent: 5, told: 5, first),
            ])
            Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(client, report));

        var receipt = await Receipt.ReadAsync(client, _video, removal, Moderator);
        Assert.Equal((12, 12, 0, true), (receipt.WereSent, receipt.Told, receipt.NotYet, receipt.Complete));
        Assert.Equal((2, 2), (receipt.Relays, receipt.RelaysReported));
    }

    [Fact]
    public async Task What_is_no_report_is_refused_and_counts_for_nothing()
    {
        await using var owner = await _database.ServeAsync([.. ContractTarget.Settings, Trust]);
        using var client = new CommentsClient(new(owner.Address));
        var removal = await client.RemovedByAsync(await client.PostAsync(_video), Moderator);
        const string Valid = "\"wereSent\":2,\"told\":1,\"left\":1,\"relays\":1,\"relaysReported\":1,\"times\":[5,1]";
        var edge = Guid.NewGuid();
        string[] shares =
        [
            Valid.Replace("\"wereSent\":2", "\"wereSent\":-1"), Valid.Replace("\"wereSent\":2", "\"wereSent\":100000001"),
            Valid.Replace("\"wereSent\":2", "\"wereSent\":9223372036854775807"),
            Valid.Replace("\"wereSent\":2", "\"wereSent\":9223372036854775808"),
            Valid.Replace("\"wereSent\":2", "\"wereSent\":1"), Valid.Replace("\"wereSent\":2", "\"wereSent\":\"2\""),
            Valid.Replace("\"told\":1", "\"told\":-1"), Valid.Replace("\"told\":1", "\"told\":9223372036854775807"),
            Valid.Replace("\"left\":1", "\"left\":9223372036854775807"), Valid.Replace("\"left\":1", "\"left\":-1"),
            Valid.Replace("\"relays\":1", "\"relays\":0"), Valid.Replace("\"relays\":1", "\"relays\":1e3"),
            Valid.Replace("\"relaysReported\":1", "\"relaysReported\":-1"),
            Valid.Replace("[5,1]", "[5]"), Valid.Replace("[5,1]", "[5,0]"), Valid.Replace("[5,1]", "[5,-1]"),
            Valid.Replace("[5,1]", "[-1,1]"), Valid.Replace("[5,1]", "[331,1]"), Valid.Replace("[5,1]", "[5,1,5,1]"),
            Valid.Replace("[5,1]", "[5,9223372036854775807,6,9223372036854775807]"), Valid.Replace("[5,1]", "null"),
            Valid.Replace("[5,1]", "[5,3]"),
        ];
        string[] reports =
        [
            .. shares.Select(share => Body(One(share))),
            "{}", "[]", "null", "", "1", Body(""), Body("null"), Body("{\"removalId\":\"1\"}"), $"{{\"edge\":\"{edge}\",\"reports\":null}}",
            Body(One(Valid, "\"0\"")), Body(One(Valid, "\"-1\"")), Body(One(Valid, "1")), Body(One(Valid), "somebody"),
            Body(One(Valid), $"{Guid.Empty}"), Body(string.Join(',', Enumerable.Repeat(One(Valid), 13))),
        ];
        foreach (var report in reports)
        {
            var status = await ReportAsync(client, report);
            Assert.True(status == HttpStatusCode.BadRequest, $"{status} to {report}");
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await ReportAsync(client, $"{{\"edge\":\"{new string('x', 70_000)}\"}}"));
        Assert.Equal(0, (await Receipt.ReadAsync(client, _video, removal, Moderator)).WereSent);
        Assert.Equal(HttpStatusCode.NoContent, await ReportAsync(client, Body(One(Valid))));

        string One(string share, string? id = null) => $"{{\"removalId\":{id ?? $"\"{removal}\""},\"share\":{{{share}}}}}";

        string Body(string all, string? from = null) => $"{{\"edge\":\"{from ?? $"{edge}"}\",\"reports\":[{all}]}}";
    }

    private async Task<HttpStatusCode> ReportAsync(CommentsClient client, string report)
    {
        using var answer = await client.SendAsync(HttpMethod.Post, $"/comments/{_video}/receipts", null, report);
        return answer.StatusCode;
    }
}
