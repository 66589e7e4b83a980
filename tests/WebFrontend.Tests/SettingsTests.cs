using System.Net;
using System.Net.Sockets;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests;

/// <summary>What the settings promise, on the real program.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string OnePostPerSecond = "--Limits:PostsPerSecond=1";

    /// <summary>More posts at once than any burst lets through.</summary>
    private const int Flood = 500;

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("Limits:PostsPerSecond", "-1")]
    [InlineData("Limits:PostsPerSecond", "many")]
    [InlineData("Limits:MaxViewers", "-1")]
    [InlineData("Limits:MaxViewers", "1.5")]
    [InlineData("Streaming:Replay", "-1")]
    [InlineData("Streaming:MaxFlushIntervalMs", "-1")]
    [InlineData("Streaming:MaxFlushIntervalMs", "soon")]
    [InlineData("Storage:Path", "")]
    [InlineData("Http:TrustedProxies:0", "nobody")]
    [InlineData("Http:AllowedOrigins:0", "nowhere")]
    public async Task A_wrong_value_stops_the_start_with_one_line_that_names_the_setting(string name, string value)
    {
        var (exitCode, output) = await ServerProcess.RunAsync(TemporaryDatabase.Program, _database.Setting, $"--{name}={value}");

        Assert.NotEqual(0, exitCode);
        Assert.Contains(name.Replace(":0", "", StringComparison.Ordinal), Assert.Single(output, line => line.Trim().Length > 0), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(OnePostPerSecond)]
    public async Task A_poster_over_its_rate_is_told_when_to_come_back(string? rate)
    {
        await using var server = await _database.ServeAsync(rate is null ? [] : [rate]);
        using var client = new CommentsClient(new(server.Address));

        var accepted = await FloodAsync(client.Posts, _ => null);

        Assert.Equal(accepted, (await client.HistoryAsync(_video)).Count);
        await AcceptedInTheEndAsync(client.Posts);
    }

    [Fact]
    public async Task A_rate_of_0_is_no_limit()
    {
        await using var server = await _database.ServeAsync("--Limits:PostsPerSecond=0");
        using var client = new CommentsClient(new(server.Address));

        Assert.Equal(Flood, (await client.PostManyAsync(_video, Flood)).Count);
    }

    [Fact]
    public async Task Every_address_has_a_rate_of_its_own()
    {
        await using var server = await _database.ServeAsync(OnePostPerSecond);
        using var client = new CommentsClient(new(server.Address));
        await FloodAsync(client.Posts, _ => null);
        using var other = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectFromAnotherAddressAsync }) { BaseAddress = server.Address };

        using var answer = await PostAsync(other, forwardedFor: null);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_trusted_proxy_names_the_address()
    {
        await using var server = await _database.ServeAsync(OnePostPerSecond, "--Http:TrustedProxies:0=127.0.0.1");
        using var client = new CommentsClient(new(server.Address));
        await FloodAsync(client.Posts, _ => "203.0.113.1");

        using var answer = await PostAsync(client.Posts, "203.0.113.2");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_else_names_the_address()
    {
        await using var server = await _database.ServeAsync(OnePostPerSecond);
        using var client = new CommentsClient(new(server.Address));

        await FloodAsync(client.Posts, i => $"203.0.{i / 250}.{i % 250}");
    }

    [Fact]
    public async Task At_the_cap_a_viewer_is_refused_until_another_leaves()
    {
        await using var server = await _database.ServeAsync("--Limits:MaxViewers=2");
        using var client = new CommentsClient(new(server.Address));
        using var staying = await client.WatchAsync(_video);
        using (await client.WatchAsync(CommentsClient.NewVideo()))
        {
            using var refused = await client.OpenStreamAsync(_video);
            Assert.NotNull(refused.Headers.RetryAfter);
            await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, refused);
        }

        await AcceptedInTheEndAsync();

        async Task AcceptedInTheEndAsync()
        {
            using var patience = new CancellationTokenSource(Patience.Limit);
            HttpStatusCode status;
            do
            {
                patience.Token.ThrowIfCancellationRequested();
                using var answer = await client.OpenStreamAsync(_video);
                status = answer.StatusCode;
            }
            while (status == HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.OK, status);
        }
    }

    [Fact]
    public async Task An_allowed_origin_may_use_the_API_and_no_other()
    {
        const string Allowed = "https://example.org";
        await using var server = await _database.ServeAsync($"--Http:AllowedOrigins:0={Allowed}");
        using var client = new CommentsClient(new(server.Address));

        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Post, ""));
        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Get, ""));
        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Get, "/stream"));
        Assert.Equal(Allowed, await AllowedOriginAsync(Allowed, HttpMethod.Options, ""));
        Assert.Null(await AllowedOriginAsync("https://example.net", HttpMethod.Get, ""));
        Assert.Null(await AllowedOriginAsync("https://example.net", HttpMethod.Options, ""));

        async Task<string?> AllowedOriginAsync(string origin, HttpMethod method, string rest)
        {
            using var request = new HttpRequestMessage(method, $"/comments/{_video}{rest}") { Headers = { { "Origin", origin } } };
            if (method == HttpMethod.Post)
                request.Content = CommentsClient.Body("Ada", "Hello");
            if (method == HttpMethod.Options)
            {
                request.Headers.Add("Access-Control-Request-Method", "POST");
                request.Headers.Add("Access-Control-Request-Headers", "content-type,idempotency-key");
            }

            using var answer = await client.Posts.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.True(answer.IsSuccessStatusCode || method == HttpMethod.Options);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? Assert.Single(values) : null;
        }
    }

    /// <summary>Posts until one is refused for its rate, and gives how many were taken.</summary>
    private async Task<int> FloodAsync(HttpClient client, Func<int, string?> forwardedFor)
    {
        for (var accepted = 0; accepted < Flood; accepted++)
        {
            using var answer = await PostAsync(client, forwardedFor(accepted));
            if (answer.StatusCode == HttpStatusCode.Created)
                continue;
            Assert.InRange(answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
            await Problem.ReadAsync(HttpStatusCode.TooManyRequests, answer);
            return accepted;
        }

        throw new InvalidOperationException($"All of {Flood} posts were taken.");
    }

    private async Task AcceptedInTheEndAsync(HttpClient client)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        HttpStatusCode status;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            using var answer = await PostAsync(client, forwardedFor: null);
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.Created, status);
    }

    private async Task<HttpResponseMessage> PostAsync(HttpClient client, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/comments/{_video}") { Content = CommentsClient.Body("Ada", "Hello") };
        if (forwardedFor is not null)
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        return await client.SendAsync(request);
    }

    private static async ValueTask<Stream> ConnectFromAnotherAddressAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
