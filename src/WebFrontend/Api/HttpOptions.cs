using System.ComponentModel.DataAnnotations;
using System.Net;

namespace LiveComments.WebFrontend.Api;

/// <summary>Which origins and proxies the node accepts: the section <c>Http</c>.</summary>
public sealed record HttpOptions : IValidatableObject
{
    /// <summary>
    /// Origins (as <c>https://example.org</c>) whose pages may use the API; <c>*</c> = all. Default: our own origin alone.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>
    /// Origins whose pages may hold <c>/embed/{liveVideoId}</c> in a frame; <c>*</c> = all. Default: our own origin alone.
    /// </summary>
    public IReadOnlyList<string> EmbedParents { get; set; } = [];

    /// <summary>
    /// Addresses and networks (as <c>10.0.0.0/8</c>) of the proxies and edges in front. Only what comes through them has its client address
    /// taken from <c>X-Forwarded-For</c>, and only what edges among them report of their viewers is believed. Default none.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in AllowedOrigins.Where(origin => !IsOrigin(origin))) yield return NoOrigin(origin, nameof(AllowedOrigins));
        foreach (var origin in EmbedParents.Where(origin => !IsOrigin(origin))) yield return NoOrigin(origin, nameof(EmbedParents));
        foreach (var proxy in TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
            yield return new($"'{proxy}' is no address such as 10.1.2.3 and no network such as 10.0.0.0/8.", [nameof(TrustedProxies)]);
    }

    private static ValidationResult NoOrigin(string text, string setting) =>
        new($"'{text}' is no origin such as https://example.org (scheme, host and port, no path).", [setting]);

    private static bool IsOrigin(string text) =>
        text == "*"
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
}
