using System.Buffers.Text;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Audit;

/// <summary>A public key of the audit as a JSON Web Key (RFC 7517).</summary>
internal sealed record PublishedKey(string Kty, string Crv, string X, string Y, string Use, string Alg, string Kid)
{
    /// <summary>The public half of a key.</summary>
    public static PublishedKey Of(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new("EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y), "sig", "ES256", key.KeyId);
    }
}

/// <summary>The keys of the audit, as a JSON Web Key Set.</summary>
/// <param name="Keys">One, or none where checkpoints are off.</param>
internal sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);
