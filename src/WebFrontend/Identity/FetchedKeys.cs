using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Identity;

/// <summary>
/// Keys that an issuer publishes. They are fetched when they are first needed, every hour, and when a token names one that is not among
/// them, but never more than twice a minute. While they cannot be fetched the last ones serve.
/// </summary>
internal sealed class FetchedKeys(IssuerOptions issuer, HttpClient http, TimeProvider time, IssuerLog log) : IIssuerKeys
{
    /// <summary>The least time between two fetches, whatever comes.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>After how long keys are fetched again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    // A token that names no key is tried with all of them.
    private const int MaxKeys = 50;

    private readonly Lock _gate = new();
    private volatile KeySet? _last;
    private Task _fetch = Task.CompletedTask;
    private long? _asked;

    public async ValueTask<IReadOnlyCollection<SecurityKey>?> FindAsync(string? keyId)
    {
        if (_last is { } known && known.Find(keyId) is { Length: > 0 } found)
        {
            // Nobody waits for it.
            if (time.GetElapsedTime(known.Fetched) >= MaxAge) _ = FetchAsync();
            return found;
        }

        await FetchAsync();
        return _last?.Find(keyId);
    }

    /// <summary>Fetches the keys, together with all who ask meanwhile; does nothing if they were asked for just now.</summary>
    private Task FetchAsync()
    {
        lock (_gate)
        {
            if (!_fetch.IsCompleted || (_asked is { } asked && time.GetElapsedTime(asked) < Pause)) return _fetch;
            _asked = time.GetTimestamp();
            // Not in the request that asks first: others wait for it as well.
            return _fetch = Task.Run(TryFetchAsync);
        }
    }

    private async Task TryFetchAsync()
    {
        try
        {
            var address = issuer.JwksUri ?? await DiscoverAsync(issuer.Authority!);
            var keys = new JsonWebKeySet(await http.GetStringAsync(address)).Keys
                .Where(key => key.Kty is JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve)
                .Where(key => key.Use is null or "" or "sig")
                .Take(MaxKeys)
                .ToArray<SecurityKey>();
            if (keys.Length == 0) throw new JsonException("There is no key for signatures in it.");
            _last = new(keys, time.GetTimestamp());
        }
        catch (Exception exception)
        {
            // Whatever the endpoint answers, tokens are judged by the last keys.
            log.NoKeys(issuer.Issuer!, exception.Message);
        }
    }

    private async Task<Uri> DiscoverAsync(Uri authority)
    {
        var document = await http.GetStringAsync($"{authority.ToString().TrimEnd('/')}/.well-known/openid-configuration");
        using var json = JsonDocument.Parse(document);
        var address = new Uri(json.RootElement.GetProperty("jwks_uri").GetString()!);
        return IssuerOptions.IsSafe(address) ? address : throw new JsonException($"jwks_uri is {address}, which is not https.");
    }

    private sealed record KeySet(SecurityKey[] Keys, long Fetched)
    {
        public SecurityKey[] Find(string? keyId) =>
            string.IsNullOrEmpty(keyId) ? Keys : [.. Keys.Where(key => key.KeyId == keyId)];
    }
}
