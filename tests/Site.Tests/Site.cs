using System.Security.Cryptography.X509Certificates;
using LiveComments.HttpContract;

namespace LiveComments.Site.Tests;

/// <summary>A site: nodes that share one table behind one nginx, all of them real processes.</summary>
public sealed class Site : IAsyncDisposable
{
    private readonly List<SiteNode> _nodes = [];
    private readonly IReadOnlyList<string> _settings;
    private Dynalite _dynalite = null!;
    private Nginx _nginx = null!;

    static Site()
    {
        // dynalite takes any credentials, but the SDK wants some, and would ask the network for them.
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "local");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "local");
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
    }

    private Site(IReadOnlyList<string> settings) => _settings = settings;

    /// <summary>The header in which a node says its name.</summary>
    public const string NodeHeader = "LiveComments-Node";

    /// <summary>Where nginx passes everything to the nodes.</summary>
    public Uri Address => _nginx.Address;

    /// <summary>Where browsers come.</summary>
    public Uri PublicAddress => _nginx.PublicAddress;

    /// <summary>The certificate of <see cref="PublicAddress"/>, of its own making.</summary>
    public X509Certificate2 Certificate => _nginx.Certificate;

    /// <summary>What stands between the nodes and their table.</summary>
    public FaultProxy Store { get; private set; } = null!;

    internal IReadOnlyList<SiteNode> Nodes => _nodes;

    /// <summary>Starts a site with the settings of the contract and more.</summary>
    public static async Task<Site> StartAsync(int nodes = 3, IReadOnlyList<string>? settings = null)
    {
        var site = new Site(settings ?? []) { _dynalite = await Dynalite.StartAsync() };
        site.Store = await FaultProxy.StartAsync(site._dynalite.Address);
        await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => site.AddNode().StartAsync()));
        site._nginx = await Nginx.StartAsync(site.Addresses);
        return site;
    }

    /// <summary>Starts one more node and tells nginx.</summary>
    public async Task GrowAsync()
    {
        await AddNode().StartAsync();
        await _nginx.ReloadAsync(Addresses);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _nginx.DisposeAsync();
        foreach (var node in _nodes) await node.DisposeAsync();
        await Store.DisposeAsync();
        await _dynalite.DisposeAsync();
    }

    private IReadOnlyList<Uri> Addresses => [.. _nodes.Select(node => node.Address)];

    private SiteNode AddNode()
    {
        // Without the proxy that lets requests fail a site would be faster, but every test can do with it.
        var node = new SiteNode(
            $"node{_nodes.Count + 1}",
            [
                .. ContractTarget.Settings,
                .. ContractTarget.ReviewSettings,
                "--Storage:Provider=dynamodb",
                $"--DynamoDb:ServiceUrl={Store.Address}",
                "--DynamoDb:CreateTable=true",
                "--DynamoDb:OwnerCheckSeconds=1",
                .. _settings,
            ]);
        _nodes.Add(node);
        return node;
    }
}
