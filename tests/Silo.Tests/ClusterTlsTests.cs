using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>TLS between the processes of a cluster, whose authority decides who belongs to it.</summary>
[Trait("Needs", "redis")]
public sealed class ClusterTlsTests(RedisServer redis) : IClassFixture<RedisServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Who_has_a_certificate_of_the_authority_belongs_to_the_cluster_and_a_stranger_does_not()
    {
        var cluster = Authority("cluster");
        await using var node = new NodePlace();
        await node.StartAsync([.. Names, "--Role=node", $"--Storage:Path={Path.Combine(_folder.FullName, "data", "comments.db")}", .. Tls(cluster, "node", "cluster")]);

        await using var member = new NodePlace();
        await member.StartAsync([.. Names, "--Role=frontend", .. Tls(cluster, "member", "cluster")]);
        await member.SaysAsync(HttpStatusCode.OK);
        using var client = new CommentsClient(new(node.Address, member.Address));
        var posted = await client.PostAsync("demo");
        Assert.Equal([posted], await client.HistoryAsync("demo"));

        // A stranger's own certificate, though it trusts the cluster's; and no TLS at all.
        var other = Authority("other");
        foreach (var settings in new[] { Tls(other, "stranger", "cluster"), [] })
        {
            await using var stranger = new NodePlace();
            await stranger.StartAsync([.. Names, "--Role=frontend", .. settings]);
            await stranger.Process.WritesAsync("waits for its cluster");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await stranger.StatusAsync("/health/ready"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await stranger.StatusAsync("/comments/demo"));
        }
    }

    [Fact]
    public async Task Half_of_the_settings_or_a_file_that_is_missing_stops_the_start_with_one_line()
    {
        foreach (var settings in new string[][] { ["--Tls:Certificate=a.pem"], ["--Tls:Certificate=a", "--Tls:Key=b", "--Tls:Authority=c"] })
        {
            var (exitCode, lines) = await ServerProcess.RunAsync(NodePlace.Program, ["--Role=node", .. settings]);
            Assert.Equal(1, exitCode);
            Assert.StartsWith("Setting Tls", Assert.Single(lines), StringComparison.Ordinal);
        }
    }

    private string[] Names =>
    [
        "--Orleans:ServiceId=livecomments", "--Orleans:ClusterId=tls", "--Orleans:Clustering:ProviderType=Redis",
        $"--Orleans:Clustering:ConnectionString={redis.ConnectionString}",
    ];

    private string[] Tls(X509Certificate2 issuer, string name, string trusted)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var certificate = request.Create(issuer, issuer.NotBefore, issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
        Write($"{name}.crt", certificate.ExportCertificatePem());
        Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
        return [$"--Tls:Certificate={At($"{name}.crt")}", $"--Tls:Key={At($"{name}.key")}", $"--Tls:Authority={At($"{trusted}.crt")}"];
    }

    private X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Write($"{name}.crt", certificate.ExportCertificatePem());
        return certificate;
    }

    private string At(string file) => Path.Combine(_folder.FullName, file);

    private void Write(string file, string text) => File.WriteAllText(At(file), text);
}
