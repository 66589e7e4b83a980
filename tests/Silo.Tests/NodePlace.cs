using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>A place for a node of a cluster: its addresses stay, and one process after the other may have them.</summary>
public sealed class NodePlace : IAsyncDisposable
{
    /// <summary>The program of a node.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private ServerProcess? _process;

    /// <summary>Where it answers over HTTP.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>Where other nodes reach it, if it owns videos.</summary>
    public IPEndPoint Silo { get; } = new(IPAddress.Loopback, FreePort.Next());

    /// <summary>Where frontends reach it, if it owns videos.</summary>
    public IPEndPoint Gateway { get; } = new(IPAddress.Loopback, FreePort.Next());

    /// <summary>The process that was started last.</summary>
    public ServerProcess Process => _process ?? throw new InvalidOperationException("Nothing was started here.");

    /// <summary>Starts a process with these arguments, for the first time or again. They may change those that all nodes have.</summary>
    public Task StartAsync(params IEnumerable<string> settings) => StartAloneAsync(
    [
        "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
        $"--Orleans:Endpoints:SiloPort={Silo.Port}", $"--Orleans:Endpoints:GatewayPort={Gateway.Port}", .. settings,
    ]);

    /// <summary>The same, of a process that is in no cluster.</summary>
    public async Task StartAloneAsync(params IEnumerable<string> settings)
    {
        await DisposeAsync();
        _process = await ServerProcess.StartAsync(
            Program, ["--urls", Address.ToString(), .. ContractTarget.Settings, .. Crowd.Settings, .. settings]).InTime();
    }

    /// <summary>What it answers to a request for this path.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.GetAsync(path).InTime();
        return answer.StatusCode;
    }

    /// <summary>Completes when it says that it is ready, or that it is not.</summary>
    public Task SaysAsync(HttpStatusCode ready) => Patience.UntilAsync(async () => await StatusAsync("/health/ready") == ready);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not { } before) return;
        _process = null;
        await before.DisposeAsync();
    }
}
