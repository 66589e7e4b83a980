namespace LiveComments.WebFrontend.Settings;

/// <summary>Who may talk to the node, and through whom: the section <c>Http</c>.</summary>
public sealed record HttpSettings
{
    /// <summary>Origins (as <c>https://example.org</c>) whose pages may use the API; <c>*</c> = all. Default none but our own.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>
    /// Addresses and networks (as <c>10.0.0.0/8</c>) of the proxies in front. Only what comes through them has its client address taken from
    /// <c>X-Forwarded-For</c>. Default none.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];
}
