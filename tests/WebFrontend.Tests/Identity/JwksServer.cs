using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Tests.Identity;

/// <summary>What an endpoint for keys answers.</summary>
public enum JwksAnswer
{
    /// <summary>The keys.</summary>
    Keys,

    /// <summary>Something else.</summary>
    Garbage,

    /// <summary>An error.</summary>
    Error,

    /// <summary>Nothing, ever.</summary>
    Nothing,
}

/// <summary>An issuer's endpoint for its public keys, over HTTP; it rotates them, and fails where a test says so.</summary>
internal sealed class JwksServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _ended = new();
    private int _requests;
    private int _rotations;

    private JwksServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/keys", AnswerAsync);
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = "https://issuer.example", jwks_uri = Address }));
        Key = NewKey();
    }

    /// <summary>The key that the issuer signs with now, the only one that is published.</summary>
    public ECDsaSecurityKey Key { get; private set; }

    /// <summary>What is answered.</summary>
    public JwksAnswer Answer { get; set; }

    /// <summary>How often the keys were asked for.</summary>
    public int Requests => _requests;

    /// <summary>Where the server is.</summary>
    public Uri Authority => new(_app.Urls.Single());

    /// <summary>Where the keys are.</summary>
    public Uri Address => new(Authority, "/keys");

    public static async Task<JwksServer> StartAsync()
    {
        var server = new JwksServer();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Signs with another key from now on, and publishes that one alone.</summary>
    public void Rotate() => Key = NewKey();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _app.DisposeAsync();
    }

    private ECDsaSecurityKey NewKey() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = $"key-{++_rotations}" };

    private async Task<IResult> AnswerAsync()
    {
        Interlocked.Increment(ref _requests);
        switch (Answer)
        {
            case JwksAnswer.Garbage:
                return Results.Text("<html>Under maintenance</html>");
            case JwksAnswer.Error:
                return Results.StatusCode(503);
            case JwksAnswer.Nothing:
                await Task.Delay(Timeout.Infinite, _ended.Token);
                return Results.Empty;
            default:
                var point = Key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
                return Results.Json(new
                {
                    keys = new object[]
                    {
                        // Neither a shared key nor one for encryption signs tokens, whoever publishes it.
                        new { kty = "oct", kid = "shared", k = Base64UrlEncoder.Encode(new byte[32]) },
                        new { kty = "EC", use = "sig", kid = Key.KeyId, crv = "P-256", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) },
                    },
                });
        }
    }
}
