using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>One subscriber of IPv6 has many networks: limits hold a /56 to four times, and a /48 to sixteen times that of a /64.</summary>
public sealed class NetworkLimitTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();
    private ServerProcess _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await _database.ServeAsync(
            "--Http:TrustedProxies:0=127.0.0.1", "--Limits:PostsPerSecond=1", "--Limits:PostBurst=1", "--Limits:MaxViewersPerAddress=1");
        _client = new() { BaseAddress = _server.Address };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Theory]
    [InlineData("2001:db8:0:{0:x}::1", 4)]
    [InlineData("2001:db8:0:{0:x}00::1", 16)]
    public async Task Streams_of_a_wider_network_are_bounded(string address, int most)
    {
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < most; i++)
        {
            open.Add(await OpenAsync(string.Format(null, address, i)));
            Assert.Equal(HttpStatusCode.OK, open[^1].StatusCode);
        }

        using var refused = await OpenAsync(string.Format(null, address, most));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using var other = await OpenAsync("2001:db8:1::1");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        open.ForEach(answer => answer.Dispose());
    }

    [Fact]
    public async Task Posts_of_a_wider_network_are_bounded()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 200; i++) answers.Add(await PostAsync($"2001:db8:0:{i:x}::1"));

        Assert.Contains(HttpStatusCode.Created, answers);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.Created, await PostAsync("2001:db8:1::1"));
    }

    [Fact]
    public async Task Streams_of_a_trusted_proxy_itself_are_not_counted_for_it_serves_many()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, (await OpenAsync(null)).StatusCode);
    }

    private async Task<HttpStatusCode> PostAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/comments/{_video}") { Content = CommentsClient.Body("Ada", "Hello") };
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> OpenAsync(string? address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/comments/{_video}/stream");
        if (address is not null) request.Headers.Add("X-Forwarded-For", address);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
