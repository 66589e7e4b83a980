using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace LiveComments.WebFrontend.Identity;

/// <summary>The keys with which an issuer signs.</summary>
internal interface IIssuerKeys
{
    /// <summary>
    /// The keys that may have signed a token whose header names <paramref name="keyId"/>, or none; null while they cannot be known.
    /// </summary>
    ValueTask<IReadOnlyCollection<SecurityKey>?> FindAsync(string? keyId);
}

/// <summary>Keys that the settings give.</summary>
internal sealed class GivenKeys(params IReadOnlyCollection<SecurityKey> keys) : IIssuerKeys
{
    public ValueTask<IReadOnlyCollection<SecurityKey>?> FindAsync(string? keyId) => new(keys);

    /// <summary>The keys that an issuer shares with this site.</summary>
    public static GivenKeys Shared(IssuerOptions issuer) =>
        new([.. new[] { issuer.Key, issuer.PreviousKey }.OfType<string>()
            .Select(key => new SymmetricSecurityKey(Convert.FromBase64String(key)))]);

    /// <summary>The public key, or the one of the certificate, in a PEM file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="setting">The setting that names it.</param>
    /// <exception cref="OptionsValidationException">It cannot be read, or holds none.</exception>
    public static GivenKeys Pem(string path, string setting)
    {
        try
        {
            return new(ReadPem(File.ReadAllText(path)));
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new OptionsValidationException(
                nameof(AuthOptions),
                typeof(AuthOptions),
                [$"Setting {setting}: no public key of RSA or EC can be read: {exception.Message}"]);
        }
    }

    private static AsymmetricSecurityKey ReadPem(string pem)
    {
        if (pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal))
            return new X509SecurityKey(X509Certificate2.CreateFromPem(pem));
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (CryptographicException)
        {
            // It is of the other kind, or of none.
            var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return new ECDsaSecurityKey(ec);
        }
    }
}
