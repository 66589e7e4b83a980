using System.Net;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>A place for a node of a cluster: its addresses stay, and one process after the other may have them.</summary>
public sealed class NodePlace : IAsyncDisposable
{
    /// <summary>The program of a node.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly int _siloPort = FreePort.Next();
    private readonly int _gatewayPort = FreePort.Next();
    private ServerProcess? _process;

    /// <summary>Where it answers over HTTP.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    /// <summary>The process that was started last.</summary>
    public ServerProcess Process => _process ?? throw new InvalidOperationException("Nothing was started here.");

    /// <summary>Starts a process with these arguments, for the first time or again.</summary>
    public async Task StartAsync(params IEnumerable<string> settings)
    {
        await DisposeAsync();
        _process = await ServerProcess.StartAsync(
            Program,
            [
                "--urls", Address.ToString(), "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
                $"--Orleans:Endpoints:SiloPort={_siloPort}", $"--Orleans:Endpoints:GatewayPort={_gatewayPort}",
                .. settings, .. ContractTarget.Settings, .. Crowd.Settings,
            ]).InTime();
    }

    /// <summary>What it answers to a request for this path.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.GetAsync(path).InTime();
        return answer.StatusCode;
    }

    /// <summary>Completes when it says that it is ready, or that it is not.</summary>
    public async Task SaysAsync(HttpStatusCode ready)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (await StatusAsync("/health/ready") != ready) await Task.Delay(Pause, patience.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not { } before) return;
        _process = null;
        await before.DisposeAsync();
    }
}
