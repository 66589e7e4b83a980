using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>The program over TLS, with HTTP/1.1: streams go straight to the TLS of their connection.</summary>
public class TlsTarget : SingleNodeTarget
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    /// <summary>How the server is told where to listen.</summary>
    protected virtual IReadOnlyList<string> Address => ["--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0"];

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
                .. Address,
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

/// <summary>The same at an address of <c>--urls</c>.</summary>
public sealed class TlsUrlTarget : TlsTarget
{
    protected override IReadOnlyList<string> Address => ["--urls", "https://127.0.0.1:0"];
}

/// <summary>The same with HTTP/2, as browsers do.</summary>
public sealed class TlsHttp2Target : TlsTarget
{
    protected override Version HttpVersion => System.Net.HttpVersion.Version20;
}

/// <summary>A stream has a connection of its own, which ends with it: the server's HTTP knows nothing of it.</summary>
public sealed class DetachedTlsTests(TlsTarget endpoint, TlsUrlTarget url) : IClassFixture<TlsTarget>, IClassFixture<TlsUrlTarget>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_over_TLS_has_a_connection_of_its_own(bool hasEndpoint)
    {
        using var client = new CommentsClient((hasEndpoint ? (SingleNodeTarget)endpoint : url).Target);
        using var answer = await client.OpenStreamAsync(CommentsClient.NewVideo());
        Assert.True(answer.Headers.ConnectionClose);
    }
}

/// <summary>A viewer that reads nothing does not keep the program from ending as it should.</summary>
public sealed class TlsShutdownTests(TlsTarget tls) : IClassFixture<TlsTarget>
{
    [Fact]
    public async Task The_program_ends_in_order_while_a_viewer_over_TLS_reads_nothing()
    {
        using var client = new CommentsClient(tls.Target);
        var video = CommentsClient.NewVideo();
        await using var asleep = await RawHttp.OpenAsync(tls.Target.ReadAddress, receiveBuffer: 4096);
        await asleep.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /comments/{video}/stream HTTP/1.1\r\nHost: {tls.Target.ReadAddress.Authority}\r\n\r\n"));
        await asleep.ReadExactlyAsync(new byte[1]).AsTask().InTime();
        // More than the kernel keeps for a connection.
        await client.PostManyAsync(video, 10_000, _ => new string('x', 480));

        Assert.Equal(0, await tls.TerminateAsync());
    }
}

public sealed class TlsUrlStreamTests(TlsUrlTarget tls) : StreamContract(tls.Target), IClassFixture<TlsUrlTarget>;

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
