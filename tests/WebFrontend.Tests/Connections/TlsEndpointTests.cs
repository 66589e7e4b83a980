using System.Net.Security;
using System.Net.Sockets;
using LiveComments.HttpContract;
using LiveComments.WebFrontend.Tests.Support;

namespace LiveComments.WebFrontend.Tests.Connections;

/// <summary>The certificates that the program is given, as clients see them.</summary>
public sealed class TlsEndpointTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_certificate_with_an_RSA_key_is_served()
    {
        await using var server = await ServeAsync(TestCertificate.Write(_folder, isRsa: true));
        Assert.Equal(["CN=localhost"], await ShownAsync(server));
    }

    [Fact]
    public async Task The_intermediates_behind_a_certificate_are_sent_with_it()
    {
        await using var server = await ServeAsync(TestCertificate.WriteChain(_folder));
        Assert.Equal(["CN=Middle", "CN=localhost"], (await ShownAsync(server)).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_endpoints_of_a_program_serve_whatever_else_they_are_told(bool hasOwnVersions)
    {
        var (certificate, key) = TestCertificate.Write(_folder);
        // With versions of its own an endpoint is left to the server's TLS.
        string[] versions = hasOwnVersions ? ["--Kestrel:Endpoints:Https:SslProtocols:0=Tls13"] : [];
        await using var server = await _database.ServeAsync(
        [
            "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0", .. versions,
            $"--Kestrel:Endpoints:Https:Certificate:Path={certificate}", $"--Kestrel:Endpoints:Https:Certificate:KeyPath={key}",
        ]);
        Assert.Equal(["CN=localhost"], await ShownAsync(server));
    }

    private static async Task<string[]> ShownAsync(ServerProcess server)
    {
        string[] shown = [];
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, chain, _) =>
        {
            shown = [.. chain!.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject)];
            if (!shown.Contains("CN=localhost")) shown = [.. shown, chain.ChainElements[0].Certificate.Subject];
            return true;
        });
        await tls.AuthenticateAsClientAsync("localhost").InTime();
        await tls.WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(tls);
        Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync().InTime());
        return shown;
    }

    private Task<ServerProcess> ServeAsync((string Certificate, string Key) files) => _database.ServeAsync(
    [
        "--Kestrel:Endpoints:Https:Url=https://127.0.0.1:0",
        $"--Kestrel:Certificates:Default:Path={files.Certificate}", $"--Kestrel:Certificates:Default:KeyPath={files.Key}",
    ]);
}
