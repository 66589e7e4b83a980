using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>The end of a live video: its streams are told after its last comment and end, and there are none until it is opened again.</summary>
public abstract class LifeContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task When_a_video_ends_all_who_watch_are_told_after_its_last_comment_and_their_streams_end()
    {
        var viewers = new List<SseViewer>();
        for (var i = 0; i < 3; i++) viewers.Add(await Client.WatchAsync(Video));
        var comments = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Client.PostAsync(Video, $"{i}")));
        await SetStateAsync("ended");

        foreach (var viewer in viewers)
        {
            Assert.Equal(comments.Select(comment => comment.Id).Order(), (await CommentsToTheEndAsync(viewer)).Order());
            viewer.Dispose();
        }
    }

    [Fact]
    public async Task Who_comes_after_the_end_is_told_to_stay_away_and_reads_the_history()
    {
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video);
        await SetStateAsync("ended");
        Assert.Equal([comment.Id], await CommentsToTheEndAsync(viewer));

        using (var answer = await StreamAsync())
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }

        Assert.Equal(comment, Assert.Single(await Client.HistoryAsync(Video)));
        var post = await Client.SendAsync(Video, CommentsClient.Body("Ada", "Too late"));
        Assert.Equal("urn:problem-type:livecomments:ended", (await Problem.ReadAsync(HttpStatusCode.Forbidden, post)).Type);
    }

    [Fact]
    public async Task A_video_that_is_opened_again_lets_viewers_in()
    {
        using var viewer = await Client.WatchAsync(Video);
        var first = await Client.PostAsync(Video);
        await SetStateAsync("ended");
        Assert.Equal([first.Id], await CommentsToTheEndAsync(viewer));
        await SetStateAsync("open");

        // A node that is no owner is told of it a moment later.
        HttpResponseMessage? answer = null;
        await Patience.UntilAsync(async () =>
        {
            answer?.Dispose();
            answer = await StreamAsync();
            return answer.StatusCode == HttpStatusCode.OK;
        });
        using var back = await SseViewer.JoinAsync(answer!);
        var second = await Client.PostAsync(Video);
        foreach (var expected in (PostedComment[])[first, second]) Assert.Equal(expected, await NextCommentAsync(back));
    }

    [Fact]
    public async Task A_delayed_comment_comes_before_the_end()
    {
        await ChangeAsync("""{"delaySeconds":1}""");
        using var viewer = await Client.WatchAsync(Video);
        var comment = await Client.PostAsync(Video);
        await SetStateAsync("ended");
        Assert.Equal([comment.Id], await CommentsToTheEndAsync(viewer));
    }

    private static async Task<PostedComment> NextCommentAsync(SseViewer viewer)
    {
        while (true)
        {
            var item = await viewer.NextAsync();
            if (item.EventType == "comment") return PostedComment.Parse(item.Data);
            Assert.Equal("settings", item.EventType);
        }
    }

    /// <summary>The ids of the comments up to <c>event: ended</c>, after which the stream must end.</summary>
    private static async Task<IReadOnlyList<string>> CommentsToTheEndAsync(SseViewer viewer)
    {
        var comments = new List<string>();
        while (true)
        {
            var item = await viewer.NextAsync();
            if (item.EventType == "ended") break;
            if (item.EventType == "comment") comments.Add(item.EventId!);
            else Assert.Equal("settings", item.EventType);
        }

        await Assert.ThrowsAsync<EndOfStreamException>(viewer.NextAsync);
        return comments;
    }

    private Task<HttpResponseMessage> StreamAsync() => Client.OpenStreamAsync(Video);

    private Task SetStateAsync(string state) => ChangeAsync($$"""{"state":"{{state}}"}""");

    private async Task ChangeAsync(string json)
    {
        using var answer = await Client.SendAsync(HttpMethod.Patch, $"/comments/{Video}/settings", Moderator, json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
