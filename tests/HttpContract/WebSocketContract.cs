using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LiveComments.HttpContract.Client;

namespace LiveComments.HttpContract;

/// <summary>A live video over a WebSocket (RFC 6455): the events of the stream as texts, and posts the other way.</summary>
public abstract class WebSocketContract(ContractTarget target) : ContractTests(target)
{
    private static string Moderator => ContractTarget.Issuer.Token("moderator", scope: "comments:post comments:moderate");

    [Fact]
    public async Task Comments_come_as_texts_in_order_the_last_ones_first()
    {
        var earlier = await Client.PostManyAsync(Video, 3);
        using var viewer = await WatchAsync("?backlog=2");
        Assert.Equal(earlier.Skip(1), await viewer.TakeAsync(2));

        // One of a length for each form of a frame's length.
        var live = new List<PostedComment> { await Client.PostAsync(Video, "\u00fc \"<&>\" \U0001f600\n") };
        live.Add(await Client.PostAsync(Video, new string('x', 400)));
        live.AddRange(await Client.PostManyAsync(Video, 200));

        Assert.Equal(live, await viewer.TakeAsync(live.Count));
    }

    [Fact]
    public async Task Who_comes_back_gets_what_follows()
    {
        var posted = await Client.PostManyAsync(Video, 30);
        using var viewer = await WatchAsync($"?after={posted[9].Id}");
        Assert.Equal(posted.Skip(10), await viewer.TakeAsync(20));
        using var native = await SocketViewer.JoinAsync(
            Target, Video, configure: options => options.SetRequestHeader("Last-Event-ID", posted[27].Id));
        Assert.Equal(posted.Skip(28), await native.TakeAsync(2));
    }

    [Fact]
    public async Task Removals_come_in_their_order()
    {
        using var viewer = await WatchAsync();
        var removed = await Client.PostAsync(Video, "removed");
        Assert.Equal(removed, await viewer.NextCommentAsync());
        await Client.RemoveAsync(removed, Moderator);
        var next = await Client.PostAsync(Video, "next");

        var (id, data, _) = await viewer.NextAsync("comment-removed");
        Assert.Equal([removed.Id], PostedRemoval.Parse(id!, data).Ids);
        Assert.Equal(next, await viewer.NextCommentAsync());
    }

    [Fact]
    public async Task A_client_may_post_on_it_and_repeat_that_under_its_key()
    {
        using var viewer = await WatchAsync();
        using var other = await Client.WatchAsync(Video);
        const string post = """{"type":"post","key":"k-1","author":"Ada","message":"Hello"}""";

        await viewer.SendAsync(post);
        var (comment, key) = await AnswerAsync(viewer, "posted");
        await viewer.SendAsync(post);
        var (again, _) = await AnswerAsync(viewer, "posted");

        var posted = PostedComment.Parse(comment.GetRawText());
        Assert.Equal("k-1", key);
        Assert.Equal(posted, PostedComment.Parse(again.GetRawText()));
        Assert.Equal(posted, await other.NextCommentAsync());
        Assert.Equal([posted], await Client.HistoryAsync(Video));
    }

    [Fact]
    public async Task A_post_on_it_may_answer_a_comment()
    {
        var parent = await Client.PostAsync(Video);
        using var viewer = await WatchAsync();
        await viewer.SendAsync($$"""{"type":"post","author":"Ada","message":"Hello","replyTo":"{{parent.Id}}"}""");

        var (comment, _) = await AnswerAsync(viewer, "posted");

        Assert.Equal(parent.Id, comment.GetProperty("replyTo").GetString());
    }

    [Theory]
    [InlineData("""{"type":"post","key":"k","author":"Ada"}""", "invalid-comment", 400)]
    [InlineData("""{"type":"post","key":"\u0001","author":"Ada","message":"Hello"}""", "invalid-idempotency-key", 400)]
    [InlineData("""{"type":"post","key":"k","author":7,"message":"Hello"}""", "invalid-json", 400)]
    public async Task What_cannot_be_taken_is_refused_with_the_problem(string post, string type, int status)
    {
        using var viewer = await WatchAsync();
        await viewer.SendAsync(post);
        var (problem, _) = await AnswerAsync(viewer, "refused");
        Assert.Equal($"urn:problem-type:livecomments:{type}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());

        // It goes on.
        await viewer.SendAsync("""{"type":"post","author":"Ada","message":"Hello"}""");
        await AnswerAsync(viewer, "posted");
    }

    [Theory]
    [InlineData("Hello", 1008)]
    [InlineData("{}", 1008)]
    [InlineData("null", 1008)]
    [InlineData("[]", 1008)]
    [InlineData("", 1008)]
    [InlineData("""{"type":"\ud800"}""", 1008)]
    [InlineData("""{"type":"post","key":7}""", 1008)]
    public async Task What_asks_for_nothing_known_closes_it(string text, int status)
    {
        using var viewer = await WatchAsync();
        await viewer.SendAsync(text);
        Assert.Equal(status, await viewer.ClosedAsync());
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text, 8 * 1024 + 1, 1009)]
    [InlineData(WebSocketMessageType.Text, 1024 * 1024, 1009)]
    [InlineData(WebSocketMessageType.Binary, 10, 1003)]
    public async Task What_may_not_be_sent_closes_it(WebSocketMessageType type, int length, int status)
    {
        using var viewer = await WatchAsync();
        var sending = viewer.Socket.SendAsync(Encoding.ASCII.GetBytes(new string('x', length)), type, true, CancellationToken.None);
        Assert.Equal(status, await viewer.ClosedAsync());
        await Task.WhenAny(sending).InTime();
        using var next = await WatchAsync();
    }

    [Fact]
    public async Task A_token_comes_in_the_header_or_as_a_subprotocol()
    {
        var video = TestIssuer.PrivatePrefix + Video[..20];
        var token = ContractTarget.Issuer.Token(videos: [video]);
        var comment = await Client.PostAsAsync(token, video);
        using var native = await SocketViewer.JoinAsync(
            Target, video, configure: options => options.SetRequestHeader("Authorization", $"Bearer {token}"));
        Assert.Equal(comment, await native.NextCommentAsync());
        using var page = await SocketViewer.JoinAsync(Target, video, configure: options =>
        {
            options.AddSubProtocol("livecomments");
            options.AddSubProtocol($"bearer.{token}");
        });
        Assert.Equal("livecomments", page.Socket.SubProtocol);
        Assert.Equal(comment, await page.NextCommentAsync());
        await page.SendAsync("""{"type":"post","author":"Ada","message":"Hello"}""");
        using var next = await page.NextAsync();
        Assert.Contains(next.RootElement.GetProperty("type").GetString(), (string[])["comment", "posted"]);

        Assert.Equal(401, await SocketViewer.RefusedAsync(Target, video));
        Assert.Equal(401, await SocketViewer.RefusedAsync(Target, video, $"?access_token={token}"));
        Assert.Equal(401, await SocketViewer.RefusedAsync(Target, video, configure: options => options.AddSubProtocol("bearer.x")));
    }

    [Fact]
    public async Task The_end_of_the_token_closes_it()
    {
        var video = TestIssuer.PrivatePrefix + Video[..20];
        // Tokens are taken for a minute after their end.
        var token = ContractTarget.Issuer.Token(videos: [video], endsIn: TimeSpan.FromSeconds(-57));
        using var viewer = await SocketViewer.JoinAsync(
            Target, video, configure: options => options.SetRequestHeader("Authorization", $"Bearer {token}"));
        Assert.Equal(4001, await viewer.ClosedAsync());
    }

    [Theory]
    [InlineData("https://example.org")]
    [InlineData("null")]
    [InlineData("ws://x")]
    public async Task Pages_of_other_origins_may_not_open_it(string origin) =>
        Assert.Equal(403, await SocketViewer.RefusedAsync(Target, Video, configure: options => options.SetRequestHeader("Origin", origin)));

    [Fact]
    public async Task Pages_of_its_own_origin_may()
    {
        using var viewer = await SocketViewer.JoinAsync(Target, Video, configure: options =>
            options.SetRequestHeader("Origin", Target.ReadAddress.GetLeftPart(UriPartial.Authority)));
    }

    [Theory]
    [InlineData("?after=x")]
    [InlineData("?backlog=-1")]
    [InlineData("?view=x")]
    public async Task What_is_not_valid_is_refused_before_the_upgrade(string query) =>
        Assert.Equal(400, await SocketViewer.RefusedAsync(Target, Video, query));

    [Fact]
    public async Task A_handshake_of_another_version_is_told_which_one_there_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/comments/{Video}");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "8");
        request.Headers.Add("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
        using var answer = await Client.Reads.SendAsync(request);
        var problem = await Problem.ReadAsync(HttpStatusCode.BadRequest, answer);
        Assert.Equal("urn:problem-type:livecomments:invalid-handshake", problem.Type);
        Assert.Equal("13", Assert.Single(answer.Headers.GetValues("Sec-WebSocket-Version")));
    }

    [Fact]
    public async Task A_client_that_closes_is_answered()
    {
        using var viewer = await WatchAsync();
        await viewer.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).InTime();
        Assert.Equal(WebSocketCloseStatus.NormalClosure, viewer.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_quiet_one_is_pinged()
    {
        await using var socket = await RawHttp.OpenAsync(Target.ReadAddress);
        await socket.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /comments/{Video} HTTP/1.1\r\nHost: {Target.ReadAddress.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));

        var last = new byte[2];
        while (!last.SequenceEqual((byte[])[0x89, 0]))
        {
            last[0] = last[1];
            await socket.ReadExactlyAsync(last.AsMemory(1)).AsTask().InTime();
        }
    }

    private Task<SocketViewer> WatchAsync(string query = "") => SocketViewer.JoinAsync(Target, Video, query);

    /// <summary>The answer to a post, whatever comments come before it.</summary>
    private static async Task<(JsonElement Data, string? Key)> AnswerAsync(SocketViewer viewer, string type)
    {
        while (true)
        {
            using var text = await viewer.NextAsync();
            var root = text.RootElement.Clone();
            if (root.GetProperty("type").GetString() is "comment") continue;
            Assert.Equal(type, root.GetProperty("type").GetString());
            return (root.GetProperty("data"), root.TryGetProperty("key", out var key) ? key.GetString() : null);
        }
    }
}
