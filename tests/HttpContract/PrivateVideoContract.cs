using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>Videos that only those may read whose token permits it.</summary>
public abstract class PrivateVideoContract(ContractTarget target) : ContractTests(target)
{
    private readonly string _video = TestIssuer.PrivatePrefix + CommentsClient.NewVideo()[..20];

    private static TestIssuer Issuer => ContractTarget.Issuer;

    [Fact]
    public async Task Who_may_read_it_reads_and_follows_it()
    {
        var token = Issuer.Token(videos: [_video]);
        var first = await Client.PostAsAsync(token, _video, "first");
        using var viewer = await Client.WatchAsync(_video, token: token);
        var second = await Client.PostAsAsync(token, _video, "second");

        Assert.Equal([first, second], await viewer.TakeAsync(2));
        using var answer = await Client.GetPageAsync(_video, token);
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
        Assert.Equal([second, first], PostedPage.Parse(await answer.Content.ReadAsStringAsync()).Comments);
    }

    [Fact]
    public async Task An_event_source_may_send_the_token_in_a_cookie_and_a_post_may_not()
    {
        var token = Issuer.Token(videos: [_video]);
        var comment = await Client.PostAsAsync(token, _video);
        var cookie = $"__Secure-livecomments={token}";
        using var viewer = await SseViewer.JoinAsync(await Client.OpenStreamAsync(_video, cookie: cookie));
        Assert.Equal(comment, await viewer.NextCommentAsync());

        using var post = new HttpRequestMessage(HttpMethod.Post, $"/comments/{_video}") { Content = CommentsClient.Body("Ada", "Hello") };
        post.Headers.Add("Cookie", cookie);
        await Problem.ReadAsync(HttpStatusCode.Unauthorized, await Client.Posts.SendAsync(post));
    }

    [Fact]
    public async Task Without_a_token_nothing_of_it_is_told()
    {
        await Client.PostAsAsync(Issuer.Token(), _video);
        foreach (var answer in (HttpResponseMessage[])
            [await Client.GetPageAsync(_video, null), await Client.OpenStreamAsync(_video), await Client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"))])
        {
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            Assert.EndsWith(":token-needed", (await Problem.ReadAsync(HttpStatusCode.Unauthorized, answer)).Type, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_for_other_things_is_refused()
    {
        await AllAnswerAsync("not-a-token", HttpStatusCode.Unauthorized, "invalid-token");
        await AllAnswerAsync(Issuer.Token(endsIn: TimeSpan.FromMinutes(-2)), HttpStatusCode.Unauthorized, "invalid-token");
        await AllAnswerAsync(Issuer.Token(videos: [Video]), HttpStatusCode.Forbidden, "not-for-this-video");
        await AllAnswerAsync(Issuer.Token(scope: "comments:moderate"), HttpStatusCode.Forbidden, "insufficient-scope");
        await AllAnswerAsync((await Client.BecomeGuestAsync()).Token, HttpStatusCode.Forbidden, "not-for-this-video");
    }

    [Fact]
    public async Task A_stream_ends_with_its_token_and_goes_on_with_a_new_one()
    {
        var token = Issuer.Token();
        var first = await Client.PostAsAsync(token, _video, "first");
        // A minute is borne, of which little is left.
        using var viewer = await Client.WatchAsync(_video, token: Issuer.Token(endsIn: TimeSpan.FromSeconds(-57)));
        Assert.Equal(first, await viewer.NextCommentAsync());
        Assert.Equal("token-expired", (await viewer.NextAsync()).EventType);
        await Assert.ThrowsAsync<EndOfStreamException>(() => viewer.NextAsync());

        var second = await Client.PostAsAsync(token, _video, "second");
        using var again = await Client.WatchAsync(_video, lastEventId: first.Id, token: token);
        Assert.Equal(second, await again.NextCommentAsync());
    }

    private async Task AllAnswerAsync(string token, HttpStatusCode status, string type)
    {
        foreach (var answer in (HttpResponseMessage[])
            [
                await Client.GetPageAsync(_video, token), await Client.OpenStreamAsync(_video, token: token),
                await Client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"), token: token),
            ])
            Assert.EndsWith($":{type}", (await Problem.ReadAsync(status, answer)).Type, StringComparison.Ordinal);
    }
}
