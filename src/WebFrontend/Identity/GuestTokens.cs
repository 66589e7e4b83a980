using System.Buffers.Text;
using System.Security.Cryptography;
using LiveComments.WebFrontend.Wire;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Identity;

/// <summary>Gives guests their tokens. Nothing of them is kept here: the signature is all.</summary>
internal sealed class GuestTokens(SiteKey site, TimeProvider time)
{
    /// <summary>The issuer of guests' tokens: this site.</summary>
    public const string Issuer = "urn:livecomments:guests";

    /// <summary>Their audience: this site, too.</summary>
    public const string Audience = "urn:livecomments";

    private const int SubjectBytes = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Whether there are any.</summary>
    public bool AreGiven => site.Guests is not null;

    /// <summary>Makes a guest, whom nobody has been before.</summary>
    public NewGuest Give()
    {
        var subject = $"g_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SubjectBytes))}";
        // A token knows whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject },
            SigningCredentials = new(site.Guests, SecurityAlgorithms.HmacSha256),
        });
        return new(token, site.IdOf(Issuer, subject)!.Value, now + Lifetime);
    }
}
