using System.Net;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Api;

/// <summary>Streams of one address beyond its cap.</summary>
public sealed class StreamsPerAddressTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task An_address_has_streams_up_to_its_cap_and_room_again_when_one_ends()
    {
        await using var server = await _database.ServeAsync("--Limits:MaxViewersPerAddress=1", "--Http:TrustedProxies:0=127.0.0.1");
        using var client = new HttpClient { BaseAddress = server.Address };
        var first = await OpenAsync(client, "203.0.113.1");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using (var refused = await OpenAsync(client, "203.0.113.1"))
        {
            Assert.NotNull(refused.Headers.RetryAfter);
            await Problem.ReadAsync(HttpStatusCode.TooManyRequests, refused);
        }

        using (var other = await OpenAsync(client, "203.0.113.2")) Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        first.Dispose();
        await OpensInTheEndAsync(client, "203.0.113.1");
    }

    private async Task OpensInTheEndAsync(HttpClient client, string address)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        HttpStatusCode status;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            using var answer = await OpenAsync(client, address);
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/comments/{_video}/stream");
        request.Headers.Add("X-Forwarded-For", address);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
