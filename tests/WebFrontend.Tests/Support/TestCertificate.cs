using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LiveComments.WebFrontend.Tests.Support;

/// <summary>Certificates of tests, in the files that a server is given.</summary>
internal static class TestCertificate
{
    /// <summary>Writes a certificate for localhost that signs itself, and its key.</summary>
    public static (string Certificate, string Key) Write(DirectoryInfo folder, string name = "CN=localhost", bool isRsa = false)
    {
        using var rsa = isRsa ? RSA.Create(2048) : null;
        using var ecdsa = isRsa ? null : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = rsa is null
            ? new CertificateRequest(name, ecdsa!, HashAlgorithmName.SHA256)
            : new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return WriteFiles(folder, made.ExportCertificatePem(), ((AsymmetricAlgorithm?)rsa ?? ecdsa!).ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes a certificate for localhost that an intermediate has signed, with that one after it, and its key.</summary>
    public static (string Certificate, string Key) WriteChain(DirectoryInfo folder)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=Root", rootKey).CreateSelfSigned(from, to);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Authority("CN=Middle", middleKey).Create(root, from, to, [1]).CopyWithPrivateKey(middleKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).Create(middle, from, to, [2]);
        return WriteFiles(folder, $"{leaf.ExportCertificatePem()}\n{middle.ExportCertificatePem()}", key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Authority(string name, ECDsa key) => new(name, key, HashAlgorithmName.SHA256)
    {
        CertificateExtensions = { new X509BasicConstraintsExtension(true, false, 0, true) },
    };

    private static (string Certificate, string Key) WriteFiles(DirectoryInfo folder, string certificate, string key)
    {
        var files = (Certificate: Path.Combine(folder.FullName, "tls.crt"), Key: Path.Combine(folder.FullName, "tls.key"));
        File.WriteAllText(files.Key, key);
        File.WriteAllText(files.Certificate, certificate);
        return files;
    }
}
