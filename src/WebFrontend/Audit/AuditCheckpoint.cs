using System.Buffers.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Audit;

/// <summary>What a checkpoint says: up to this entry the audit had this hash.</summary>
/// <param name="Video">What the audit is of: a video, or <c>*</c>.</param>
/// <param name="Entry">The id of the entry.</param>
/// <param name="Hash">Its hash as base64url.</param>
/// <param name="Iat">When it was signed: seconds since the Unix epoch.</param>
internal sealed record AuditCheckpoint(string Video, string Entry, string Hash, long Iat)
{
    private const string Type = "livecomments-audit+jwt";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>When it was signed.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Iat, 0, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    /// <summary>Signs what an audit is now: a JWS in its compact form.</summary>
    public static string Sign(ChainedEntry last, DateTimeOffset now, SecurityKey key) => Handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = Type,
        IssuedAt = now.UtcDateTime,
        Claims = new Dictionary<string, object>
        {
            ["video"] = AuditHash.NameOf(last.Entry.LiveVideoId),
            ["entry"] = last.Entry.Id.ToString(),
            ["hash"] = Base64Url.EncodeToString(last.Hash),
        },
        SigningCredentials = new(key, SecurityAlgorithms.EcdsaSha256),
    });

    /// <summary>Reads what a checkpoint says, whoever signed it; null if it is none.</summary>
    public static AuditCheckpoint? TryRead(string? jws)
    {
        if (jws?.Split('.') is not [_, var payload, _]) return null;
        try
        {
            var said = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(payload), AuditJson.Context.AuditCheckpoint);
            return said is { Video: not null, Entry: not null, Hash: not null } ? said : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Reads what a checkpoint says; null if it is none that one of these keys has signed.</summary>
    public static async Task<AuditCheckpoint?> TryProveAsync(string? jws, IReadOnlyCollection<SecurityKey> keys)
    {
        if (TryRead(jws) is not { } said) return null;
        var verdict = await Handler.ValidateTokenAsync(jws, new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [Type],
            ValidateIssuer = false,
            ValidateAudience = false,
            // It has no end: it says what was.
            ValidateLifetime = false,
        });
        return verdict.IsValid ? said : null;
    }
}
