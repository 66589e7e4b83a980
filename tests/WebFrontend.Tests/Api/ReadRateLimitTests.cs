using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>Pages and streams that are asked for too fast from one address.</summary>
public sealed class ReadRateLimitTests : IDisposable
{
    private static readonly string[] OnePerSecond = ["--Limits:ReadsPerSecond=1", "--Limits:ReadBurst=5"];

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/stream")]
    public async Task A_reader_over_its_rate_is_told_when_to_come_back(string rest)
    {
        await using var server = await _database.ServeAsync(OnePerSecond);
        using var client = new HttpClient { BaseAddress = server.Address };

        using var refused = await FloodAsync(client, rest);

        Assert.InRange(refused.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.EndsWith(":too-many-reads", (await Problem.ReadAsync(HttpStatusCode.TooManyRequests, refused)).Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_streams_count_together_and_posts_do_not()
    {
        await using var server = await _database.ServeAsync(OnePerSecond);
        using var client = new CommentsClient(new(server.Address));
        using var refused = await FloodAsync(client.Reads, "/stream");

        using var page = await FloodAsync(client.Reads, "", most: 3);

        Assert.Equal(HttpStatusCode.TooManyRequests, page.StatusCode);
        await client.PostAsync(_video);
    }

    [Theory]
    [InlineData("/people/AAAAAAAAAAA/ban", HttpStatusCode.NotFound)]
    [InlineData("/comments/v/bans", HttpStatusCode.OK)]
    public async Task Whoever_asks_who_is_banned_reads_and_does_not_post(string path, HttpStatusCode expected)
    {
        await using var server = await _database.ServeAsync(
            ["--Limits:ReadsPerSecond=1", "--Limits:ReadBurst=3", "--Limits:PostsPerSecond=1", "--Limits:PostBurst=1",
            .. ContractTarget.Issuer.Settings]);
        using var client = new CommentsClient(new(server.Address));
        var owner = ContractTarget.Issuer.Token("owner", scope: "comments:manage", videos: ["*"]);
        // Where these take longer than a second, more of them pass.
        var (refused, passed) = (await client.SendAsync(HttpMethod.Get, path, owner), 0);
        while (refused.StatusCode != HttpStatusCode.TooManyRequests)
        {
            Assert.Equal(expected, refused.StatusCode);
            refused.Dispose();
            Assert.InRange(++passed, 1, 100);
            refused = await client.SendAsync(HttpMethod.Get, path, owner);
        }

        Assert.InRange(passed, 3, 100);
        var problem = await Problem.ReadAsync(HttpStatusCode.TooManyRequests, refused);
        Assert.EndsWith(":too-many-reads", problem.Type, StringComparison.Ordinal);
        await client.PostAsync(_video);
    }

    [Fact]
    public async Task Without_a_setting_this_machine_is_not_held()
    {
        await using var server = await _database.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        await Parallel.ForAsync(0, 3_000, async (_, cancellation) =>
        {
            using var answer = await client.GetAsync($"/comments/{_video}", cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });
    }

    private async Task<HttpResponseMessage> FloodAsync(HttpClient client, string rest, int most = 50)
    {
        for (var i = 0; i < most; i++)
        {
            var answer = await client.GetAsync($"/comments/{_video}{rest}", HttpCompletionOption.ResponseHeadersRead);
            if (answer.StatusCode != HttpStatusCode.OK) return answer;
            answer.Dispose();
        }

        throw new InvalidOperationException("Nothing was refused.");
    }
}
