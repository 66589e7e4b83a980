using System.Buffers.Text;
using System.Text.Json;

namespace LiveComments.Client.Requests;

/// <summary>The token that requests carry. Whoever needs a new one while somebody asks for it waits for the same answer.</summary>
internal sealed class Tokens(AskForToken? ask, TimeProvider time) : IDisposable
{
    // A token is asked for anew this long before it expires.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _asking = new(1);
    private volatile string? _token;

    /// <summary>The token, or null where nobody is signed in.</summary>
    /// <param name="refused">The one that the server did not take, if any.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ProblemException">Whoever gives tokens has failed.</exception>
    public async ValueTask<string?> GetAsync(string? refused, CancellationToken cancellation)
    {
        if (ask is null) return null;
        if (IsGood(_token, refused)) return _token;
        await _asking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!IsGood(_token, refused)) _token = await ask(refused, cancellation).ConfigureAwait(false);
            return _token;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            // It is their code: whatever it throws, the request has failed for want of a token.
            throw ProblemException.NoToken(exception);
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private bool IsGood(string? token, string? refused) => token is not null && token != refused && !EndsSoon(token);

    private bool EndsSoon(string token) =>
        ExpiryOf(token) is { } expiry && expiry - time.GetUtcNow().ToUnixTimeSeconds() < Ahead.TotalSeconds;

    /// <summary>When a JSON Web Token expires, in seconds since 1970; null if it is none, or does not say.</summary>
    private static double? ExpiryOf(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3) return null;
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.ValueKind == JsonValueKind.Object
                && claims.RootElement.TryGetProperty("exp", out var expiry) && expiry.ValueKind == JsonValueKind.Number
                && expiry.TryGetDouble(out var seconds)
                ? seconds
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // Other tokens are asked for anew when the server refuses them.
            return null;
        }
    }
}
