using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Site.Tests;

/// <summary>What nginx itself holds clients to, before a node that answers everything.</summary>
public sealed class NginxLimitTests : IAsyncLifetime
{
    private readonly HttpListener _node = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Next()}/");
    private Nginx _nginx = null!;
    private HttpClient _browser = null!;

    public async Task InitializeAsync()
    {
        _node.Prefixes.Add(_address.ToString());
        _node.Start();
        _ = AnswerAsync();
        _nginx = await Nginx.StartAsync([_address]);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = RoutingTests.TrustOnly(_nginx.Certificate) } };
        _browser = new(handler) { BaseAddress = _nginx.PublicAddress };
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _nginx.DisposeAsync();
        _node.Close();
    }

    [Fact]
    public async Task An_address_that_asks_too_fast_is_told_so_as_the_nodes_tell_it()
    {
        HttpResponseMessage? refused = null;
        await Parallel.ForAsync(0, 4_000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, cancellation) =>
        {
            var answer = await _browser.GetAsync("/health/live", cancellation);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.CompareExchange(ref refused, answer, null);
        });

        Assert.NotNull(refused);
        Assert.NotNull(refused.Headers.RetryAfter);
        await Problem.ReadAsync(HttpStatusCode.TooManyRequests, refused);
    }

    [Fact]
    public async Task Browsers_are_told_to_come_by_TLS_from_now_on()
    {
        using var answer = await _browser.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security"));
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true) (await _node.GetContextAsync()).Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
