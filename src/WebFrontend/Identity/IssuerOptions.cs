namespace LiveComments.WebFrontend.Identity;

/// <summary>
/// An issuer of tokens. Exactly one of <c>JwksUri</c>, <c>Authority</c>, <c>Key</c> and <c>PublicKeyPath</c> says where its keys are.
/// </summary>
public sealed record IssuerOptions
{
    private const int MinKeyBytes = 32;

    /// <summary>What the tokens have as <c>iss</c>, to the letter. Needed. Default none.</summary>
    public string? Issuer { get; set; }

    /// <summary>What the tokens have as <c>aud</c>. Needed. Default none.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// Where the issuer's public keys are as a JSON Web Key Set (RFC 7517): over https, or over http on this machine. They are read again
    /// every hour, and at an unknown key at most twice a minute. Default none.
    /// </summary>
    public Uri? JwksUri { get; set; }

    /// <summary>An OpenID Connect provider, whose discovery document says where its keys are. Default none.</summary>
    public Uri? Authority { get; set; }

    /// <summary>
    /// A key that the issuer shares with this site, base64 of at least 32 bytes: the tokens are signed by HS256. Default none.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>The key before <see cref="Key"/>, while tokens that it signed are in use. Default none.</summary>
    public string? PreviousKey { get; set; }

    /// <summary>A file with the issuer's public key or certificate in PEM. Default none.</summary>
    public string? PublicKeyPath { get; set; }

    /// <summary>
    /// The videos that this issuer may speak for: ids, or a prefix that ends in <c>*</c>. What its tokens say of others does not count.
    /// Default none: all.
    /// </summary>
    public IReadOnlyList<string> Videos { get; set; } = [];

    /// <summary>Whether a text is base64 of enough bytes for a key.</summary>
    internal static bool IsKey(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= MinKeyBytes;
    }

    /// <summary>Whether keys may come from an address: nobody on the way may change them.</summary>
    internal static bool IsSafe(Uri address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback));

    /// <summary>The first setting that is wrong, and what is wrong with it; null if none is.</summary>
    internal (string Setting, string What)? Complaint()
    {
        if (string.IsNullOrEmpty(Issuer)) return (nameof(Issuer), "Name the issuer as its tokens do (iss).");
        if (string.IsNullOrEmpty(Audience)) return (nameof(Audience), "Name the audience as the tokens do (aud).");
        object?[] sources = [JwksUri, Authority, Key, PublicKeyPath];
        if (sources.Count(source => source is not null) != 1)
            return (nameof(JwksUri), "Give exactly one of JwksUri, Authority, Key and PublicKeyPath.");
        if (JwksUri is not null && !IsSafe(JwksUri)) return (nameof(JwksUri), $"'{JwksUri}' is no https address, and not on this machine.");
        if (Authority is not null && !IsSafe(Authority))
            return (nameof(Authority), $"'{Authority}' is no https address, and not on this machine.");
        if (Key is not null && !IsKey(Key)) return (nameof(Key), TooShort);
        if (PreviousKey is not null && (Key is null || !IsKey(PreviousKey))) return (nameof(PreviousKey), $"It goes with Key. {TooShort}");
        return Videos.FirstOrDefault(pattern => !VideoPattern.IsValid(pattern)) is { } wrong
            ? (nameof(Videos), $"'{wrong}' is no id, and no prefix of ids such as show-*.")
            : null;
    }

    private static string TooShort => $"Give base64 of at least {MinKeyBytes} bytes, as `openssl rand -base64 32` writes.";
}
