using System.Net.WebSockets;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Connections;

/// <summary>WebSockets of a node with settings of its own: its limits, its origins, its end.</summary>
public sealed class WebSocketServerTests : IDisposable
{
    private const string Post = """{"type":"post","key":"k","author":"Ada","message":"Hello"}""";

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task A_node_that_stops_says_so_and_leaves_in_time()
    {
        await using var server = await _database.ServeAsync();
        using var viewer = await SocketViewer.JoinAsync(new(server.Address), _video);
        // One that takes nothing and answers no close.
        using var asleep = await SocketViewer.JoinAsync(new(server.Address), _video);

        var exit = server.TerminateAsync();

        Assert.Equal(1001, await viewer.ClosedAsync());
        await viewer.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal(0, await exit.InTime());
        Assert.DoesNotContain(server.Output, line => line.Contains("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_counts_as_a_stream_of_its_address()
    {
        await using var server = await _database.ServeAsync("--Limits:MaxViewersPerAddress=1", "--Http:TrustedProxies:0=127.0.0.1");
        var target = new ContractTarget(server.Address);
        using var first = await SocketViewer.JoinAsync(target, _video, configure: From("203.0.113.1"));
        Assert.Equal(429, await SocketViewer.RefusedAsync(target, _video, configure: From("203.0.113.1")));
        using var other = await SocketViewer.JoinAsync(target, _video, configure: From("203.0.113.2"));
    }

    [Fact]
    public async Task Its_posts_are_held_to_the_rate_of_its_address()
    {
        await using var server = await _database.ServeAsync("--Limits:PostsPerSecond=1", "--Limits:PostBurst=1");
        using var viewer = await SocketViewer.JoinAsync(new(server.Address), _video, "?backlog=0");
        string? type;
        do
        {
            await viewer.SendAsync(Post);
            using var answer = await viewer.NextAsync();
            type = answer.RootElement.GetProperty("type").GetString();
            if (type != "refused") continue;
            Assert.True(answer.RootElement.GetProperty("retryAfter").GetInt32() > 0);
            Assert.Equal("k", answer.RootElement.GetProperty("key").GetString());
            Assert.Equal(429, answer.RootElement.GetProperty("data").GetProperty("status").GetInt32());
        }
        while (type != "refused");
    }

    [Fact]
    public async Task Origins_that_the_operator_names_may_open_it_and_no_others()
    {
        await using var server = await _database.ServeAsync("--Http:AllowedOrigins:0=https://example.org");
        var target = new ContractTarget(server.Address);
        using var named = await SocketViewer.JoinAsync(target, _video, configure: Origin("https://example.org"));
        Assert.Equal(403, await SocketViewer.RefusedAsync(target, _video, configure: Origin("https://example.com")));
        Assert.Equal(403, await SocketViewer.RefusedAsync(target, _video, configure: Origin("http://example.org")));
    }

    [Fact]
    public async Task It_may_last_longer_than_an_answer()
    {
        await using var server = await _database.ServeAsync("--Limits:AnswerSeconds=1");
        using var viewer = await SocketViewer.JoinAsync(new(server.Address), _video, "?backlog=0");
        using var client = new CommentsClient(new(server.Address));
        // By then the time for an answer is long over.
        using var stream = await client.OpenStreamAsync(_video);
        await WaitForKeepAliveAsync(stream);

        Assert.Equal(await client.PostAsync(_video), await viewer.NextCommentAsync());
    }

    private static Action<ClientWebSocketOptions> From(string address) => options => options.SetRequestHeader("X-Forwarded-For", address);

    private static Action<ClientWebSocketOptions> Origin(string origin) => options => options.SetRequestHeader("Origin", origin);

    /// <summary>Reads a stream up to its first keep-alive line, which comes within 15 s.</summary>
    private static async Task WaitForKeepAliveAsync(HttpResponseMessage stream)
    {
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync().InTime() != ": keep-alive")
        {
        }
    }
}
