using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LiveComments.Silo.Tests;

/// <summary>Gives tokens to whoever asks, as the endpoint for managed identities of an Azure App Service does. Nobody signs them.</summary>
internal sealed class TokenService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _tokens;

    private TokenService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/token", Give);
    }

    /// <summary>How many it gave.</summary>
    public int Tokens => _tokens;

    /// <summary>The variables that tell a process where to ask.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
        [new("IDENTITY_ENDPOINT", $"{_app.Urls.Single()}/token"), new("IDENTITY_HEADER", "secret")];

    public static async Task<TokenService> StartAsync()
    {
        var service = new TokenService();
        await service._app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Give(HttpRequest request)
    {
        if (request.Headers["X-IDENTITY-HEADER"] != "secret") return Results.Unauthorized();
        Interlocked.Increment(ref _tokens);
        var resource = request.Query["resource"].ToString();
        var now = DateTimeOffset.UtcNow;
        var (begin, end) = (now.AddMinutes(-5).ToUnixTimeSeconds(), now.AddHours(8).ToUnixTimeSeconds());
        var claims = $$"""{"aud":"{{resource}}","iss":"https://sts.windows.net/tests/","iat":{{begin}},"nbf":{{begin}},"exp":{{end}}}""";
        return Results.Json(new Dictionary<string, string>
        {
            ["access_token"] = $"{Part("""{"alg":"none","typ":"JWT"}""")}.{Part(claims)}.",
            ["expires_on"] = end.ToString(CultureInfo.InvariantCulture),
            ["resource"] = resource,
            ["token_type"] = "Bearer",
        });
    }

    private static string Part(string json) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
