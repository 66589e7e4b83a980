using System.Net;

namespace LiveComments.WebFrontend.Tests.Wire;

/// <summary>What a browser is told about our answers, by the real program.</summary>
public sealed class SecurityHeadersTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Pages_run_our_own_files_alone_and_lie_in_frames_of_named_origins_alone()
    {
        await using var server = await _database.ServeAsync("--Http:EmbedParents:0=https://example.org");
        using var client = new HttpClient { BaseAddress = server.Address };

        foreach (var (path, parents) in new[]
        {
            ("/videos/demo", "'none'"), ("/embed/demo", "'self' https://example.org"), ("/client.js", "'none'"), ("/chat.css", "'none'"),
        })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var policy = Policy(answer);
            Assert.Equal("'none'", policy["default-src"]);
            Assert.Equal("'self'", policy["script-src"]);
            Assert.Equal("'self'", policy["style-src"]);
            Assert.Equal("'script'", policy["require-trusted-types-for"]);
            Assert.Equal(parents, policy["frame-ancestors"]);
            Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
            Assert.Equal("same-origin", Header(answer, "Referrer-Policy"));
        }
    }

    [Theory]
    [InlineData("/comments/demo")]
    [InlineData("/comments/demo?limit=0")]
    [InlineData("/comments/demo/stream")]
    [InlineData("/videos/not.valid")]
    [InlineData("/nowhere")]
    [InlineData("/watch.html")]
    public async Task Data_and_errors_are_never_taken_for_a_page(string path)
    {
        await using var server = await _database.ServeAsync();
        using var client = new HttpClient { BaseAddress = server.Address };

        using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead).InTime();

        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("'none'", Policy(answer)["default-src"]);
        Assert.False(Policy(answer).ContainsKey("script-src"));
        Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static Dictionary<string, string> Policy(HttpResponseMessage answer) =>
        Header(answer, "Content-Security-Policy").Split("; ").Select(directive => directive.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
}
