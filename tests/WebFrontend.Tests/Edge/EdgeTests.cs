using System.Net;
using System.Net.Http.Headers;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using Microsoft.AspNetCore.Http;

namespace LiveComments.WebFrontend.Tests.Edge;

/// <summary>The real program as an edge, in front of an upstream that says and does what a test wants.</summary>
public sealed class EdgeTests : IAsyncLifetime
{
    private readonly string _video = CommentsClient.NewVideo();
    private ScriptedUpstream _upstream = null!;

    public async Task InitializeAsync() => _upstream = await ScriptedUpstream.StartAsync();

    public async Task DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task A_storm_of_viewers_is_one_stream_upstream()
    {
        await using var edge = await EdgeServer.StartAsync(_upstream.Address);
        using var client = new CommentsClient(new(edge.Address));

        var viewers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.WatchAsync(_video)));
        var stream = await _upstream.NextStreamAsync();
        await stream.SendAsync(StreamingParts.Comment(7) with { LiveVideoId = LiveVideoId.Parse(_video) });

        foreach (var viewer in viewers)
        {
            using (viewer) Assert.Equal("7", (await viewer.NextAsync()).EventId);
        }

        Assert.Equal(1, _upstream.StreamsOpened);
    }

    [Fact]
    public async Task The_stream_of_a_video_without_comments_ends_with_its_last_viewer_and_leaves_its_connection_to_another()
    {
        await using var edge = await EdgeServer.StartAsync(_upstream.Address, "--Upstream:MaxConnections=1", "--Streaming:LingerSeconds=3600");
        using var client = new CommentsClient(new(edge.Address));
        for (var i = 0; i < 3; i++)
        {
            var viewer = await client.WatchAsync(CommentsClient.NewVideo());
            var stream = await _upstream.NextStreamAsync();

            viewer.Dispose();

            await stream.Gone.InTime();
        }
    }

    [Theory]
    [InlineData(false, "127.0.0.1")]
    [InlineData(true, "203.0.113.9")]
    public async Task The_upstream_is_told_the_clients_address(bool proxyTrusted, string told)
    {
        string? seen = null;
        _upstream.OnPost = context =>
        {
            seen = $"{context.Request.Headers["X-Forwarded-For"]} {context.Request.Headers["Idempotency-Key"]}";
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        };
        await using var edge = await EdgeServer.StartAsync(_upstream.Address, proxyTrusted ? ["--Http:TrustedProxies:0=127.0.0.1"] : []);
        using var client = new CommentsClient(new(edge.Address));
        client.Posts.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"), key: "my key");

        Assert.Equal($"{told} my key", seen);
    }

    [Theory]
    [InlineData(429, "7")]
    [InlineData(503, "3")]
    [InlineData(415, null)]
    public async Task The_upstreams_refusals_come_back_as_they_are(int status, string? retryAfter)
    {
        const string Body = """{"type":"urn:problem-type:livecomments:of-another-version","status":0,"title":"No.","detail":"Not so."}""";
        _upstream.OnPost = context =>
        {
            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            context.Response.ContentType = "application/problem+json";
            return context.Response.WriteAsync(Body);
        };
        await using var edge = await EdgeServer.StartAsync(_upstream.Address);
        using var client = new CommentsClient(new(edge.Address));

        using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"));

        Assert.Equal(((HttpStatusCode)status, retryAfter, Body),
            (answer.StatusCode, answer.Headers.RetryAfter?.ToString(), await answer.Content.ReadAsStringAsync()));
        Assert.Equal(new MediaTypeHeaderValue("application/problem+json"), answer.Content.Headers.ContentType);
    }

    [Fact]
    public async Task What_a_proxy_says_that_finds_no_upstream_is_a_503_of_ours()
    {
        _upstream.OnPost = context =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync("<html>Bad gateway</html>");
        };
        await using var edge = await EdgeServer.StartAsync(_upstream.Address);
        using var client = new CommentsClient(new(edge.Address));

        using var answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"));

        Assert.NotNull(answer.Headers.RetryAfter);
        await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, answer);
    }

    [Theory]
    [InlineData("--Upstream:Address=10.0.0.1")]
    [InlineData("--Upstream:Address=http://10.0.0.1/path")]
    [InlineData("--Upstream:Http2=true")]
    public async Task An_upstream_without_an_address_stops_the_start(string setting)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, "--Role=edge", setting);

        Assert.Equal(1, exitCode);
        Assert.Contains("Upstream:Address", Assert.Single(output));
    }
}
