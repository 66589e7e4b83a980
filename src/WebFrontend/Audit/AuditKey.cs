using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Audit;

/// <summary>The key that checkpoints are signed with, if there is one.</summary>
internal sealed class AuditKey(AuditOptions options)
{
    private const int Bits = 256;

    /// <summary>Signs; null where checkpoints are off.</summary>
    public ECDsaSecurityKey? Private { get; } = options.Key is null ? null : Named(TryRead(options.Key)!);

    /// <summary>What everybody may know of it, as a JSON Web Key Set (RFC 7517) has it; null where checkpoints are off.</summary>
    public PublishedKey? Public => Private is null ? null : PublishedKey.Of(Private);

    /// <summary>Makes a key, as PEM.</summary>
    public static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>Reads a private key; null if it is none, or on another curve.</summary>
    public static ECDsa? TryRead(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            // A public key alone has none to export.
            if (key.KeySize == Bits && key.ExportParameters(includePrivateParameters: true).D is not null) return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            // It is none: the caller says so.
        }

        key.Dispose();
        return null;
    }

    /// <summary>Names a key by its thumbprint (RFC 7638).</summary>
    public static ECDsaSecurityKey Named(ECDsa key)
    {
        var named = new ECDsaSecurityKey(key);
        named.KeyId = Base64UrlEncoder.Encode(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(named).ComputeJwkThumbprint());
        return named;
    }
}
