using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Identity;

/// <summary>
/// Judges tokens by the settings. Each issuer has its own keys, and the kind of the key says which algorithms there are, never the token.
/// Valid tokens are remembered until they expire, as many as <see cref="MaxKnown"/>.
/// </summary>
internal sealed class TokenVerifier : IDisposable
{
    /// <summary>By how much the clock of an issuer may be wrong.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int MaxKnown = 10_000;
    private const int MaxLength = 8 * 1024;

    // Some tokens say that they never expire.
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(366);

    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    private static readonly string[] Symmetric = [SecurityAlgorithms.HmacSha256];

    private static readonly string[] Asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength };
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxKnown });
    private readonly HttpClient _http = new() { Timeout = FetchTimeout, MaxResponseContentBufferSize = 256 * 1024 };
    private readonly FrozenDictionary<string, Issuer> _issuers;
    private readonly SiteKey _site;
    private readonly TimeProvider _time;

    /// <summary>Prepares the issuers of the settings.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A file with a public key cannot be read.</exception>
    public TokenVerifier(AuthOptions settings, SiteKey site, TimeProvider time, IssuerLog log)
    {
        (_site, _time) = (site, time);
        var issuers = settings.Issuers.Select((issuer, number) => new Issuer(
            issuer.Issuer!, issuer.Audience!, KeysOf(issuer, number), issuer.Key is null ? Asymmetric : Symmetric, issuer.Videos));
        if (site.Guests is { } key)
            issuers = issuers.Append(new(GuestTokens.Issuer, GuestTokens.Audience, new GivenKeys(key), Symmetric, []));
        _issuers = issuers.ToFrozenDictionary(issuer => issuer.Name);

        IIssuerKeys KeysOf(IssuerOptions issuer, int number) => issuer switch
        {
            { Key: not null } => GivenKeys.Shared(issuer),
            { PublicKeyPath: { } path } => GivenKeys.Pem(path, $"Auth:Issuers:{number}:{nameof(IssuerOptions.PublicKeyPath)}"),
            _ => new FetchedKeys(issuer, _http, time, log),
        };
    }

    /// <summary>Judges a token.</summary>
    public ValueTask<TokenVerdict> VerifyAsync(string token)
    {
        var hash = Hash(token);
        return _known.TryGetValue(hash, out Person? person) && person!.Until > _time.GetUtcNow()
            ? new(new TokenVerdict(person, null))
            : VerifyAsync(token, hash);
    }

    public void Dispose()
    {
        _known.Dispose();
        _http.Dispose();
    }

    private async ValueTask<TokenVerdict> VerifyAsync(string text, (UInt128 First, UInt128 Second) hash)
    {
        if (Read(text) is not { } token) return Wrong($"It is no JSON Web Token of at most {MaxLength:N0} characters.");
        if (!_issuers.TryGetValue(token.Issuer, out var issuer)) return Wrong("Its issuer (iss) is none that this server knows.");
        if (await issuer.Keys.FindAsync(token.Kid) is not { } keys) return TokenVerdict.IssuerAway;
        if (keys.Count == 0) return Wrong("It was signed with a key that its issuer does not publish.");
        var result = await _handler.ValidateTokenAsync(token, Parameters(issuer, keys));
        if (!result.IsValid) return Wrong(Explain(result.Exception));
        var (claims, complaint) = ReadClaims(token);
        if (claims is null) return new(null, complaint);

        var now = _time.GetUtcNow();
        var left = Min(new DateTimeOffset(token.ValidTo, TimeSpan.Zero) - now, MaxLifetime) + Skew;
        var isGuest = issuer.Name == GuestTokens.Issuer;
        var person = new Person
        {
            Id = _site.IdOf(issuer.Name, claims.Subject),
            GuestSince = isGuest ? new DateTimeOffset(token.IssuedAt, TimeSpan.Zero) : null,
            AccountSince = isGuest ? null : claims.Since,
            Name = claims.Name,
            Scopes = isGuest ? Scopes.Post : claims.Scopes,
            Videos = isGuest ? ["*"] : claims.Videos,
            IssuersVideos = issuer.Videos,
            Until = now + left,
        };
        // The cache goes by the machine's clock. Whether the token has expired is looked at each time.
        if (left > TimeSpan.Zero)
            _known.Set(hash, person, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = left });
        return new(person, null);

        static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
    }

    private static TokenVerdict Wrong(string complaint) => new(null, complaint);

    private static JsonWebToken? Read(string text)
    {
        if (text.Length > MaxLength) return null;
        try
        {
            var token = new JsonWebToken(text);
            // A wrong type shows when it is asked for.
            return token.Issuer is null || token.Kid is null ? null : token;
        }
        catch (Exception)
        {
            // Whatever the library throws here, the text is not what it should be. The client is told.
            return null;
        }
    }

    private static (TokenClaims? Claims, string? Complaint) ReadClaims(JsonWebToken token)
    {
        try
        {
            return TokenClaims.Read(token.EncodedPayload);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // An issuer may sign what is no Unicode, or too deep.
            return (null, "Its claims cannot be read.");
        }
    }

    private TokenValidationParameters Parameters(Issuer issuer, IReadOnlyCollection<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer.Name,
        ValidAudience = issuer.Audience,
        IssuerSigningKeys = keys,
        AlgorithmValidator = (algorithm, key, _, _) =>
            issuer.Algorithms.Contains(algorithm) && (key is not JsonWebKey { Alg: { Length: > 0 } named } || named == algorithm),
        LifetimeValidator = (notBefore, expires, _, _) => IsAlive(notBefore, expires),
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now - Skew < end && (notBefore is not { } begin || now + Skew >= begin);
    }

    private static string Explain(Exception? exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException or SecurityTokenExpiredException =>
            "It has expired, is not valid yet, or has no exp.",
        SecurityTokenInvalidAudienceException => "It is for another audience (aud).",
        SecurityTokenInvalidAlgorithmException => "Its algorithm is not that of the issuer's key.",
        _ => "Its signature is not that of its issuer.",
    };

    private static (UInt128 First, UInt128 Second) Hash(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    private sealed record Issuer(
        string Name, string Audience, IIssuerKeys Keys, IReadOnlyList<string> Algorithms, IReadOnlyList<string> Videos);
}
