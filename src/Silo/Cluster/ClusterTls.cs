using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveComments.WebFrontend.Settings;
using Orleans.Connections.Security;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// Encrypts what the processes of a cluster say to each other, and lets in only those that have a certificate of the cluster's authority:
/// who
/// reaches a port of Orleans may do anything in the cluster.
/// </summary>
internal static class ClusterTls
{
    /// <summary>Uses TLS if the settings name certificates.</summary>
    public static void UseClusterTls(this ISiloBuilder silo)
    {
        if (Read(silo.Configuration) is { } configure) silo.UseTls(configure);
    }

    /// <inheritdoc cref="UseClusterTls(ISiloBuilder)"/>
    public static void UseClusterTls(this IClientBuilder client)
    {
        if (Read(client.Configuration) is { } configure) client.UseTls(configure);
    }

    private static Action<TlsOptions>? Read(IConfiguration configuration)
    {
        if (configuration.GetSection("Tls").Get<ClusterTlsOptions>()
            is not { Certificate: { } file, Key: { } key, Authority: { } authorityFile })
        {
            return null;
        }

        X509Certificate2 own, authority;
        try
        {
            own = X509Certificate2.CreateFromPemFile(file, key);
            authority = X509CertificateLoader.LoadCertificateFromFile(authorityFile);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Setting Tls: a certificate or its key cannot be read: {exception.Message}");
        }

        return options =>
        {
            options.LocalCertificate = own;
            options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            options.RemoteCertificateValidation = (certificate, _, _) => IsOf(authority, certificate);
            // Nodes are known by their addresses, not by names. What counts is the authority.
            options.OnAuthenticateAsClient = (_, client) => client.TargetHost = own.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        };
    }

    private static bool IsOf(X509Certificate2 authority, X509Certificate2? certificate)
    {
        if (certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }
}
