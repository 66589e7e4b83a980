using System.Net;
using System.Text;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Operations;

/// <summary>Who sees the operator page of the real program.</summary>
public sealed class OperatorAccessTests : IDisposable
{
    private const string Password = "correct horse: battery";

    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("/ops")]
    [InlineData("/ops/events")]
    public async Task Without_a_password_it_is_for_this_machine_alone(string path)
    {
        await using var server = await _database.ServeAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path, request => request.Headers.Host = "localhost"));
        // A proxy on this machine, and a name that somebody made lead here.
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, path, request => request.Headers.Add("X-Forwarded-For", "127.0.0.1")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, path, request => request.Headers.Add("Forwarded", "for=127.0.0.1")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, path, request => request.Headers.Host = "attacker.example"));
    }

    [Fact]
    public async Task An_address_that_a_trusted_proxy_gives_is_not_this_machine()
    {
        await using var server = await _database.ServeAsync("--Http:TrustedProxies:0=127.0.0.1");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await StatusAsync(server, "/ops", request => request.Headers.Add("X-Forwarded-For", "203.0.113.7")));
    }

    [Theory]
    [InlineData("/ops")]
    [InlineData("/ops/events")]
    public async Task With_a_password_nobody_sees_it_who_does_not_know_it(string path)
    {
        await using var server = await _database.ServeAsync($"--Operations:Password={Password}");

        foreach (var given in new[] { null, "", "Basic", "Basic !", "Basic " + Encode("no colon"), "Bearer " + Encode($"ops:{Password}"), Basic("wrong"), Basic(""), Basic(Password + "x"), Basic(Password[..^1]) })
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, path, request => Authorize(request, given)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path, request => Authorize(request, Basic(Password))));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, path, request =>
        {
            Authorize(request, Basic(Password));
            request.Headers.Host = "comments.example";
        }));
    }

    [Fact]
    public async Task A_browser_is_asked_for_the_password()
    {
        await using var server = await _database.ServeAsync($"--Operations:Password={Password}");
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(server.Address, "/ops"));
        Assert.Equal("""Basic realm="LiveComments operations", charset="UTF-8" """.TrimEnd(), answer.Headers.WwwAuthenticate.ToString());
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Basic(string password) => "Basic " + Encode($"ops:{password}");

    private static void Authorize(HttpRequestMessage request, string? header) =>
        Assert.True(header is null || request.Headers.TryAddWithoutValidation("Authorization", header));

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string path, Action<HttpRequestMessage>? prepare = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        prepare?.Invoke(request);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();
        return answer.StatusCode;
    }
}
