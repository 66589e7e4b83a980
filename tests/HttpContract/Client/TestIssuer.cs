using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.HttpContract.Client;

/// <summary>A site that signs its users in, and gives them tokens by a key that it shares with the server.</summary>
public sealed class TestIssuer
{
    /// <summary>The name of the issuer.</summary>
    public const string Issuer = "https://site.example";

    /// <summary>The audience of its tokens.</summary>
    public const string Audience = "livecomments";

    /// <summary>The ids of private videos begin with this.</summary>
    public const string PrivatePrefix = "private-";

    /// <summary>A name that is reserved.</summary>
    public const string ReservedName = "Moderator";

    // The same in every run: a server that runs already may have been started with them.
    private readonly byte[] _key = SHA256.HashData("the contract's issuer"u8);
    private readonly byte[] _guestKey = SHA256.HashData("the contract's guests"u8);

    /// <summary>The issuer of the contract.</summary>
    public static TestIssuer OfTheContract { get; } = new();

    /// <summary>The key that it shares with the server, in base64.</summary>
    public string Key => Convert.ToBase64String(_key);

    /// <summary>The setting of the site's key.</summary>
    public string GuestKeySetting => $"--Auth:GuestKey={Convert.ToBase64String(_guestKey)}";

    /// <summary>The settings of a server that takes its tokens.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"--Auth:Issuers:0:Issuer={Issuer}", $"--Auth:Issuers:0:Audience={Audience}", $"--Auth:Issuers:0:Key={Key}",
        GuestKeySetting, $"--Auth:ReservedNames:0={ReservedName}", $"--Videos:Private:0={PrivatePrefix}*",
    ];

    /// <summary>A valid token, but for what is given.</summary>
    /// <param name="subject">Who it is; null leaves the claim out.</param>
    /// <param name="name">The name; null leaves the claim out.</param>
    /// <param name="scope">What it permits; null leaves the claim out.</param>
    /// <param name="videos">The videos; null leaves the claim out.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <param name="audience">Its audience.</param>
    /// <param name="endsIn">When it expires; null leaves the claim out.</param>
    /// <param name="beginsIn">When it begins to be valid; null leaves the claim out.</param>
    /// <param name="key">The key that signs it; null for the issuer's.</param>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="more">Claims besides.</param>
    public string Token(
        string? subject = "user-1",
        string? name = "Grace",
        string? scope = "comments:post comments:read",
        IReadOnlyList<string>? videos = null,
        string issuer = Issuer,
        string audience = Audience,
        TimeSpan? endsIn = null,
        TimeSpan? beginsIn = null,
        SecurityKey? key = null,
        string algorithm = SecurityAlgorithms.HmacSha256,
        IReadOnlyDictionary<string, object>? more = null)
    {
        var claims = new Dictionary<string, object>(more ?? new Dictionary<string, object>());
        if (subject is not null) claims["sub"] = subject;
        if (name is not null) claims["name"] = name;
        if (scope is not null) claims["scope"] = scope;
        claims["videos"] = videos?.ToArray() ?? ["*"];
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            NotBefore = beginsIn is { } begin ? DateTime.UtcNow + begin : null,
            Expires = DateTime.UtcNow + (endsIn ?? TimeSpan.FromMinutes(10)),
            SigningCredentials = new(key ?? new SymmetricSecurityKey(_key), algorithm),
        });
    }

    /// <summary>The token of an edge, which reads the private videos.</summary>
    public string ReaderToken() => Token("edge", name: null, scope: "comments:read", videos: [$"{PrivatePrefix}*"], endsIn: TimeSpan.FromHours(1));

    /// <summary>A token with these claims alone, signed by the issuer's key.</summary>
    public string TokenOf(string payload) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }
            .CreateToken(payload, new SigningCredentials(new SymmetricSecurityKey(_key), SecurityAlgorithms.HmacSha256));
}
