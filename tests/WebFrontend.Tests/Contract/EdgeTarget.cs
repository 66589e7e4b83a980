using LiveComments.HttpContract;

namespace LiveComments.WebFrontend.Tests.Contract;

/// <summary>An edge in front of a single node, or more edges, each in front of the one before.</summary>
public class EdgeTarget : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-edge-");
    private readonly Stack<ServerProcess> _servers = new();

    /// <summary>How many edges stand one before the other.</summary>
    protected virtual int Tiers => 1;

    /// <summary>The settings that say how edges speak to their upstream.</summary>
    protected virtual IReadOnlyList<string> UpstreamOptions => [];

    /// <summary>The settings of what the first edge stands in front of.</summary>
    protected virtual IReadOnlyList<string> OwnerSettings => [];

    /// <summary>What the contract runs against: the outermost edge.</summary>
    public ContractTarget Target { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        // All but the last believe the edge before them.
        string[] trust = ["--Http:TrustedProxies:0=127.0.0.1"];
        _servers.Push(await _database.ServeAsync([.. ContractTarget.Settings, .. ContractTarget.ReviewSettings, .. OwnerSettings, .. trust]));
        var token = Path.Combine(_folder.FullName, "token");
        await File.WriteAllTextAsync(token, ContractTarget.Issuer.ReaderToken() + "\n");
        for (var tier = 0; tier < Tiers; tier++)
        {
            var edge = await EdgeServer.StartAsync(
                _servers.Peek().Address,
                [.. ContractTarget.Settings, $"--Upstream:TokenFile={token}", .. UpstreamOptions, .. tier < Tiers - 1 ? trust : []]);
            _servers.Push(edge);
        }

        Target = new ContractTarget(_servers.Peek().Address);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        while (_servers.TryPop(out var server))
            await server.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
