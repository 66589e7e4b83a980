using LiveComments.HttpContract.Client;
using LiveComments.WebFrontend.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Tests.Identity;

/// <summary>A verifier of tokens, and the tokens for it.</summary>
internal static class VerifierParts
{
    public const string Issuer = "https://issuer.example";
    public const string Audience = "livecomments";

    private static readonly TestIssuer Maker = new();

    /// <summary>An issuer whose keys are at this address.</summary>
    public static IssuerOptions Published(JwksServer server) => new() { Issuer = Issuer, Audience = Audience, JwksUri = server.Address };

    /// <summary>A verifier that takes tokens of these issuers.</summary>
    public static TokenVerifier Verifier(TimeProvider? time = null, params IReadOnlyList<IssuerOptions> issuers)
    {
        var settings = new AuthOptions { Issuers = issuers, GuestKey = Convert.ToBase64String(new byte[32]) };
        return new(settings, new SiteKey(settings), time ?? TimeProvider.System, new IssuerLog(NullLogger<IssuerLog>.Instance));
    }

    /// <summary>A valid token that this key signs.</summary>
    public static string Token(SecurityKey key, string algorithm = SecurityAlgorithms.EcdsaSha256, string subject = "user-1", TimeSpan? endsIn = null) =>
        Maker.Token(subject, issuer: Issuer, audience: Audience, key: key, algorithm: algorithm, endsIn: endsIn);
}
