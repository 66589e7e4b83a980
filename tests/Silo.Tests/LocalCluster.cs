using LiveComments.HttpContract;

namespace LiveComments.Silo.Tests;

/// <summary>Three nodes in three processes on this machine, on one log.</summary>
public sealed class LocalCluster : IAsyncLifetime, IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "LiveComments.Silo.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");
    private readonly List<ServerProcess> _nodes = [];

    /// <summary>The nodes; the first keeps the list of the others.</summary>
    public IReadOnlyList<ServerProcess> Nodes => _nodes;

    /// <summary>Posts go to the first node, everything else to the last.</summary>
    public ContractTarget Target => new(_nodes[0].Address, _nodes[^1].Address);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        for (var node = 1; node <= 3; node++) _nodes.Add(await StartNodeAsync(node));
    }

    /// <summary>Starts a node, for the first time or again.</summary>
    public async Task<ServerProcess> StartNodeAsync(int node) =>
        await ServerProcess.StartAsync(
            Program,
            [
                "--Role=node", $"--Local:Node={node}", $"--Storage:Path={Path.Combine(_folder.FullName, "comments.db")}",
                .. ContractTarget.Settings, .. ContractTarget.ReviewSettings,
            ]).InTime();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes)) await node.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
