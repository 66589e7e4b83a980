using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>The program over TLS, with HTTP/1.1: streams go straight to the TLS of their connection.</summary>
public class TlsTarget : SingleNodeTarget
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    protected override IReadOnlyList<string> Settings
    {
        get
        {
            var (certificate, key) = (Path.Combine(_folder.FullName, "tls.crt"), Path.Combine(_folder.FullName, "tls.key"));
            using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made = new CertificateRequest("CN=localhost", secret, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(certificate, made.ExportCertificatePem());
            File.WriteAllText(key, secret.ExportPkcs8PrivateKeyPem());
            return
            [
                "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0",
                $"--Kestrel:Certificates:Default:Path={certificate}", $"--Kestrel:Certificates:Default:KeyPath={key}",
            ];
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same with HTTP/2, as browsers do.</summary>
public sealed class TlsHttp2Target : TlsTarget
{
    protected override Version HttpVersion => System.Net.HttpVersion.Version20;
}

public sealed class TlsPostTests(TlsTarget tls) : PostContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsStreamTests(TlsTarget tls) : StreamContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsBacklogTests(TlsTarget tls) : BacklogContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsResumeTests(TlsTarget tls) : ResumeContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsGapTests(TlsTarget tls) : GapContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsRemovalTests(TlsTarget tls) : RemovalContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsReceiptTests(TlsTarget tls) : ReceiptContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsModesTests(TlsTarget tls) : ModesContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsHttp2StreamTests(TlsHttp2Target tls) : StreamContract(tls.Target), IClassFixture<TlsHttp2Target>;

public sealed class TlsHttp2ResumeTests(TlsHttp2Target tls) : ResumeContract(tls.Target), IClassFixture<TlsHttp2Target>;

public sealed class TlsHttp2GapTests(TlsHttp2Target tls) : GapContract(tls.Target), IClassFixture<TlsHttp2Target>;
