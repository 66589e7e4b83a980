using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>Posts that come too fast from one address.</summary>
public sealed class PostRateLimitTests : IDisposable
{
    private const string OnePostPerSecond = "--Limits:PostsPerSecond=1";

    /// <summary>More posts at once than the burst lets through.</summary>
    private const int Flood = 500;

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

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
        using var other = LocalAddress.Client(server.Address, 2);

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
}
