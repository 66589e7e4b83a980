using System.ComponentModel.DataAnnotations;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// TLS between the processes of a cluster, each of which shows a certificate: the section <c>Tls</c>. All three, and on all of them, or
/// none.
/// </summary>
public sealed record ClusterTlsOptions : IValidatableObject
{
    /// <summary>
    /// The file of this process's certificate, in PEM. Default none: no TLS, so keep the ports of silos and gateways private.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The file of its private key, in PEM.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// The file of the authority's certificate, in PEM: whoever has a certificate of this authority belongs to the cluster.
    /// </summary>
    public string? Authority { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate is null == Key is null && Key is null == Authority is null) yield break;
        yield return new("Name all three of Certificate, Key and Authority, or none.", [nameof(Certificate)]);
    }
}
