using System.Net;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>What a removal's receipt says of those who watch, wherever they are connected.</summary>
public abstract class ReceiptContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task It_counts_who_had_been_sent_the_comment_at_all_nodes_and_nobody_else()
    {
        using var elsewhere = new CommentsClient(Target with { ReadAddress = Target.PostAddress });
        using var first = await Client.WatchAsync(Video);
        using var second = await elsewhere.WatchAsync(Video);
        using var leaver = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video, "is removed");
        foreach (var viewer in (SseViewer[])[first, second, leaver]) Assert.Equal(comment, await viewer.NextCommentAsync());
        using var withBacklog = await Client.WatchAsync(Video);
        Assert.Equal(comment, await withBacklog.NextCommentAsync());
        using var staff = await Client.OpenStreamAsync(Video, "?view=staff", token: Moderator);
        // Edges have only what everybody may see.
        using var moderator = staff.StatusCode == HttpStatusCode.OK ? await SseViewer.JoinAsync(staff) : null;
        if (moderator is not null) Assert.Equal(comment.Id, (await moderator.NextCommentAsync()).Id);
        SseViewer[] staying = moderator is null ? [first, second, withBacklog] : [first, second, withBacklog, moderator];
        var expected = staying.Length;
        leaver.Dispose();
        await Patience.UntilAsync(async () =>
        {
            // As soon as it has no part in what is posted now, and the others have, all know that it has left.
            var probe = await Client.PostAsync(Video, "probe");
            foreach (var viewer in staying) Assert.Equal(probe.Id, (await viewer.NextCommentAsync()).Id);
            var removed = await Client.RemovedByAsync(probe, Moderator);
            foreach (var viewer in staying) Assert.Equal([probe.Id], (await viewer.NextRemovalAsync()).Ids);
            return (await Receipt.OfAsync(Client, Video, removed, Moderator)).WereSent == expected;
        });
        using var later = await Client.WatchAsync(Video, "?backlog=0");

        var removal = await Client.RemovedByAsync(comment, Moderator);
        Assert.Equal(removal, await Client.RemovedByAsync(comment, Moderator));

        var receipt = await Receipt.OfAsync(Client, Video, removal, Moderator);
        Assert.Equal((expected, expected, 0, 0), (receipt.WereSent, receipt.Told, receipt.NotYet, receipt.Left));
        Assert.Equal((receipt.Relays, 0), (receipt.RelaysReported, receipt.NodesMissing));
        Assert.InRange(receipt.Nodes, Target.PostAddress == Target.ReadAddress ? 1 : 2, 10);
        Assert.InRange(receipt.P99!.Value, receipt.P50!.Value, 60_000);
    }

    [Fact]
    public async Task Of_many_comments_at_once_each_viewer_counts_once()
    {
        using var viewer = await Client.WatchAsync(Video);
        await Client.PostManyAsync(Video, 5);
        await viewer.TakeAsync(5);
        using var answer = await Client.SendAsync(HttpMethod.Post, $"/comments/{Video}/removals", Moderator, """{"all":true}""");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var receipt = await Receipt.OfAsync(Client, Video, json.RootElement.GetProperty("removalId").GetString()!, Moderator);
        Assert.Equal((1, 1), (receipt.WereSent, receipt.Told));
    }

    [Fact]
    public async Task It_is_for_moderators_and_of_removals_alone()
    {
        var comment = await Client.PostAsync(Video);
        var removal = await Client.RemovedByAsync(comment, Moderator);
        using var viewers = await Client.ReadAsAsync($"/comments/{Video}/removals/{removal}", ContractTarget.Issuer.Token());
        await RefusedAsync(viewers, HttpStatusCode.Forbidden, "insufficient-scope");
        using var none = await Client.ReadAsAsync($"/comments/{Video}/removals/{comment.Id}", Moderator);
        await RefusedAsync(none, HttpStatusCode.NotFound, "no-such-removal");
    }

    [Fact]
    public async Task Whoever_is_no_trusted_edge_reports_nothing()
    {
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video);
        Assert.Equal(comment, await viewer.NextCommentAsync());
        var removal = await Client.RemovedByAsync(comment, Moderator);
        using var answer = await Client.SendAsync(
            HttpMethod.Post, $"/comments/{Video}/receipts", Moderator, Receipt.Report(removal, wereSent: 1_000, told: 1_000));
        await RefusedAsync(answer, HttpStatusCode.Forbidden, "edges-only");
        Assert.Equal(1, (await Receipt.OfAsync(Client, Video, removal, Moderator)).WereSent);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string type) =>
        Assert.Equal($"urn:problem-type:livecomments:{type}", (await Problem.ReadAsync(status, answer)).Type);
}
