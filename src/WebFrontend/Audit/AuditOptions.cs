using System.ComponentModel.DataAnnotations;

namespace LiveComments.WebFrontend.Audit;

/// <summary>How the audit of what moderators do is signed: the section <c>Audit</c>.</summary>
public sealed record AuditOptions : IValidatableObject
{
    /// <summary>
    /// The private key that checkpoints of the audit are signed with: PEM of a key on the curve P-256, as
    /// <c>openssl ecparam -name prime256v1 -genkey -noout</c> writes it, the same on all nodes and frontends. Default none: with SQLite the
    /// server makes one beside the database, <c>audit.key</c>; without SQLite there are no checkpoints then.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>A file that holds <see cref="Key"/>, in place of it. Default none.</summary>
    public string? KeyFile { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key is not null && AuditKey.TryRead(Key) is null)
            yield return new(
                "It is no private key on P-256. Give PEM, as `openssl ecparam -name prime256v1 -genkey -noout` writes.", [nameof(Key)]);
    }
}
