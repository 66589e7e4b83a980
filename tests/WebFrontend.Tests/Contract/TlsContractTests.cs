using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.WebFrontend.Tests.Support;

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
            var (certificate, key) = TestCertificate.Write(_folder);
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

public sealed class TlsUrlStreamTests(TlsUrlTarget tls) : StreamContract(tls.Target), IClassFixture<TlsUrlTarget>;

public sealed class TlsPostTests(TlsTarget tls) : PostContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsStreamTests(TlsTarget tls) : StreamContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsBacklogTests(TlsTarget tls) : BacklogContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsResumeTests(TlsTarget tls) : ResumeContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsGapTests(TlsTarget tls) : GapContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsRemovalTests(TlsTarget tls) : RemovalContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsReceiptTests(TlsTarget tls) : ReceiptContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsModesTests(TlsTarget tls) : ModesContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsLifeTests(TlsTarget tls) : LifeContract(tls.Target), IClassFixture<TlsTarget>;

public sealed class TlsHttp2StreamTests(TlsHttp2Target tls) : StreamContract(tls.Target), IClassFixture<TlsHttp2Target>;

public sealed class TlsHttp2ResumeTests(TlsHttp2Target tls) : ResumeContract(tls.Target), IClassFixture<TlsHttp2Target>;

public sealed class TlsHttp2GapTests(TlsHttp2Target tls) : GapContract(tls.Target), IClassFixture<TlsHttp2Target>;
