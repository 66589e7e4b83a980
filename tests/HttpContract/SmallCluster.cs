namespace LiveComments.HttpContract;

/// <summary>
/// One silo, and web frontends of it, each in a process of its own, on ports that nobody else uses. Disposing of it kills them all.
/// </summary>
public sealed class SmallCluster : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly int _siloPort = FreePort.Next();
    private readonly int _gatewayPort = FreePort.Next();
    private readonly List<ServerProcess> _processes = [];

    /// <summary>The settings of a silo or a frontend of this cluster, as command-line arguments.</summary>
    /// <param name="role">The role of the process.</param>
    /// <param name="settings">Settings beside those that make it a part of the cluster.</param>
    public IReadOnlyList<string> Arguments(string role, params IEnumerable<string> settings) =>
    [
        $"--Role={role}", .. role == "frontend" ? [] : (string[])[$"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}"],
        "--Orleans:ServiceId=live-comments-tests", $"--Orleans:ClusterId={_folder.Name}",
        "--Orleans:Clustering:ProviderType=Development",
        .. role == "frontend"
            ? [$"--Orleans:Clustering:Gateways:0=127.0.0.1:{_gatewayPort}"]
            : (string[])
            [
                $"--Orleans:Clustering:PrimarySiloEndPoint=127.0.0.1:{_siloPort}",
                "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
                $"--Orleans:Endpoints:SiloPort={_siloPort}", $"--Orleans:Endpoints:GatewayPort={_gatewayPort}",
            ],
        .. ContractTarget.Settings, .. settings,
    ];

    /// <summary>Starts the silo, or a frontend after it.</summary>
    public async Task<ServerProcess> StartAsync(string role, params IEnumerable<string> settings)
    {
        var process = await ServerProcess.StartAsync(Program, Arguments(role, settings)).InTime();
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs a silo or a frontend that cannot start, and gives its exit code and the lines that it wrote.</summary>
    public Task<(int ExitCode, IReadOnlyCollection<string> Output)> RunAsync(string role, params IEnumerable<string> settings) =>
        ServerProcess.RunAsync(Program, Arguments(role, settings));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes)) await process.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
