using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Edge;

/// <summary>The upstream of an edge: the section <c>Upstream</c>. An edge owns no videos.</summary>
public sealed record UpstreamOptions : IValidatableObject
{
    /// <summary>Where the upstream is, as <c>http://10.0.0.1:5000</c>: a node, another edge, or the load balancer of a site.</summary>
    [Required(ErrorMessage = "Name the upstream, as http://10.0.0.1:5000.")]
    public Uri? Address { get; set; }

    /// <summary>
    /// Whether the upstream is spoken to in HTTP/2 from the start (RFC 9113, 3.3), so that one connection carries the streams of many
    /// videos. Over TLS that is agreed on without this. Default no.
    /// </summary>
    public bool Http2 { get; set; }

    /// <summary>
    /// The most connections to the upstream for streams, and the most for posts and pages. Where streams do not share them it is the most
    /// videos that can be watched here. Default 4,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 4_000;

    /// <summary>How long the upstream has to answer, in seconds; after that it counts as away. Default 10.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// How long after the last byte from the upstream the comments that are here are still shown to those who come, in seconds: some may
    /// have been removed since. After that they are refused until it is back, and so are edges that follow this one; viewers stay
    /// connected. The upstream sends something each 15 seconds. Default 30.
    /// </summary>
    [Range(20, 86_400)]
    public int StaleSeconds { get; set; } = 30;

    /// <summary>
    /// A file with a token of this node's own, with which it reads private videos at the upstream. It is read again for each request, so it
    /// can be renewed. The node needs <c>Videos:Private</c> and <c>Auth:Issuers</c> as the upstream has them: it judges its viewers itself.
    /// Default none: private videos are not served here.
    /// </summary>
    public string? TokenFile { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is { IsAbsoluteUri: true, PathAndQuery: "/", Scheme: "http" or "https" }) yield break;
        yield return new($"'{Address}' is no address such as http://10.0.0.1:5000 (scheme, host and port, no path).", [nameof(Address)]);
    }
}
