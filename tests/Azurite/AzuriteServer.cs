using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using LiveComments.HttpContract;

namespace LiveComments.Azurite;

/// <summary>
/// An Azure Storage of our own: azurite as a process, its data in a temporary folder, on free ports of 127.0.0.1. It can be stopped, and
/// started again where it was, with its data. It needs Node and the npm package <c>azurite</c>.
/// </summary>
/// <remarks>
/// Azurite answers a write when it has it in memory. It writes to disk every five seconds, and when it ends on SIGTERM. So <c>kill -9</c>
/// loses what it has acknowledged, which Azure Storage never does; it is stopped with SIGTERM. Even then it would answer writes that are
/// under way and forget them, so all connections are cut before.
/// </remarks>
public sealed partial class AzuriteServer : IAsyncLifetime
{
    // Azurite's one account, with the key that its documentation gives.
    private const string Account =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("livecomments-azurite-");
    private readonly (int Blob, int Queue, int Table) _ports = (FreePort.Next(), FreePort.Next(), FreePort.Next());
    private readonly (int Blob, int Table) _public = (FreePort.Next(), FreePort.Next());
    private readonly Relay[] _relays;
    private ToolProcess? _server;

    /// <summary>Prepares one; <see cref="InitializeAsync"/> starts it.</summary>
    public AzuriteServer() => _relays = [new(_public.Blob, _ports.Blob), new(_public.Table, _ports.Table)];

    /// <summary>Whether it speaks TLS, and takes tokens in place of its key, as Azure does; it does not check who signed them.</summary>
    public bool TakesTokens { get; init; }

    /// <summary>The file with the certificate that it has where it speaks TLS.</summary>
    public string CertificatePath => Path.Combine(_folder.FullName, "certificate.pem");

    /// <summary>Where its tables are.</summary>
    public Uri Tables => Endpoint(_public.Table);

    /// <summary>Where its blobs are.</summary>
    public Uri Blobs => Endpoint(_public.Blob);

    /// <summary>How to connect to its blobs and tables with its key.</summary>
    public string ConnectionString => $"DefaultEndpointsProtocol={Tables.Scheme};{Account};BlobEndpoint={Blobs};TableEndpoint={Tables}";

    /// <inheritdoc/>
    public Task InitializeAsync() => StartAsync();

    /// <summary>Starts it, for the first time or again.</summary>
    public async Task StartAsync()
    {
        _server = await ToolProcess.StartNodeAsync(
            "azurite/dist/src/azurite.js",
            [
                "--blobPort", $"{_ports.Blob}", "--queuePort", $"{_ports.Queue}", "--tablePort", $"{_ports.Table}",
                "--location", _folder.FullName,
                // Orleans' client is ahead of the versions that azurite knows; what is used here is older than both.
                "--skipApiVersionCheck", "--silent", "--disableTelemetry",
                .. TakesTokens ? (string[])["--oauth", "basic", "--cert", CertificatePath, "--key", CreateCertificate()] : [],
            ],
            ReadyLine());
        foreach (var relay in _relays) relay.Open();
    }

    /// <summary>Stops it; what it has acknowledged is there when it starts again.</summary>
    public async Task StopAsync()
    {
        foreach (var relay in _relays) relay.Shut();
        if (_server is not { } server) return;
        _server = null;
        await server.StopAsync("TERM");
        await server.DisposeAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private Uri Endpoint(int port) => new($"{(TakesTokens ? "https" : "http")}://127.0.0.1:{port}/devstoreaccount1");

    private string CreateCertificate()
    {
        using var key = RSA.Create(2_048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=azurite", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificatePath, certificate.ExportCertificatePem());
        var path = Path.ChangeExtension(CertificatePath, ".key");
        File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem());
        return path;
    }

    // The last of its three services to start.
    [GeneratedRegex("Table service is successfully listening")]
    private static partial Regex ReadyLine();
}
