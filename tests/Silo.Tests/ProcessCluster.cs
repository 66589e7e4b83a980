using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.Silo.Tests;

/// <summary>
/// Three nodes in three processes that find each other by their <see cref="Settings"/>, and places for two more. A node that ends can come
/// back where it was.
/// </summary>
public abstract class ProcessCluster : IAsyncLifetime
{
    private readonly NodePlace[] _nodes = [new(), new(), new(), new(), new()];

    /// <summary>How many nodes there are always; their numbers begin with 0.</summary>
    public int Count => _nodes.Length - Passing.Count;

    /// <summary>The numbers of nodes that only some tests start, and end again.</summary>
    public IReadOnlyList<int> Passing { get; } = [3, 4];

    /// <summary>For the HTTP contract: posts go to the first node, everything else to the last that is always there.</summary>
    public ContractTarget Target => new(_nodes[0].Address, _nodes[Count - 1].Address);

    /// <summary>The arguments that say how the nodes find each other, and where the log is.</summary>
    protected abstract IEnumerable<string> Settings { get; }

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        for (var node = 0; node < Count; node++) await StartAsync(node);
    }

    /// <summary>The process of a node, counted from 0.</summary>
    public ServerProcess Process(int node) => _nodes[node].Process;

    /// <summary>A client that posts at one node and reads at another.</summary>
    public CommentsClient Client(int posts, int reads) => new(new(_nodes[posts].Address, _nodes[reads].Address));

    /// <summary>Starts a node, for the first time or again.</summary>
    public Task StartAsync(int node) =>
        _nodes[node].StartAsync(["--Role=node", "--Orleans:ServiceId=livecomments", "--Orleans:ClusterId=tests", .. Settings]);

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
