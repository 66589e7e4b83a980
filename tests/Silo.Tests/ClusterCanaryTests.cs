using LiveComments.HttpContract;
using LiveComments.HttpContract.Canary;
using Xunit.Abstractions;

namespace LiveComments.Silo.Tests;

/// <summary>Canaries at the three nodes of a cluster, which are killed and come back, at a frontend of it, and at an edge of that.</summary>
public abstract class ClusterCanaryTests(ITestOutputHelper output) : CanaryContract(output)
{
    private readonly NodePlace[] _nodes = [new(), new(), new()];
    private readonly NodePlace _frontend = new();
    private ServerProcess? _edge;
    private CanaryPlace[] _places = [];
    private NodePlace? _victim;

    /// <inheritdoc/>
    protected override IReadOnlyList<CanaryPlace> Places => _places;

    /// <inheritdoc/>
    protected override int DefaultRounds => 12;

    /// <summary>The first of the nodes that may be killed, counted from 0.</summary>
    protected virtual int FirstMortal => 0;

    /// <summary>The first node.</summary>
    protected NodePlace First => _nodes[0];

    /// <summary>The settings by which nodes find each other.</summary>
    protected abstract IEnumerable<string> Membership { get; }

    /// <summary>The settings by which a frontend finds them.</summary>
    protected virtual IEnumerable<string> Gateways => Membership;

    /// <summary>The settings by which nodes keep the log.</summary>
    protected abstract IEnumerable<string> Log { get; }

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        foreach (var node in _nodes) await StartAsync(node);
        await _frontend.StartAsync(["--Role=frontend", .. Names, .. Gateways, .. Settings]);
        await _frontend.SaysAsync(System.Net.HttpStatusCode.OK);
        _edge = await ServerProcess.StartAsync(NodePlace.Program, ["--Role=edge", $"--Upstream:Address={_frontend.Address}", .. Settings]);
        _places =
        [
            .. _nodes.Select((node, number) => PlaceOf($"node {number}", node.Address)),
            PlaceOf("the frontend", _frontend.Address),
            PlaceOf("the edge", _edge.Address),
        ];

        static CanaryPlace PlaceOf(string name, Uri address) => new(name, new(new(address)), _ => Bound);
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        // For whoever reads why a test failed.
        foreach (var node in (NodePlace[])[.. _nodes, _frontend])
            foreach (var line in node.Process.Output) Output.WriteLine($"{node.Address.Port}: {line}");
        if (_edge is not null) await _edge.DisposeAsync();
        await _frontend.DisposeAsync();
        foreach (var node in Enumerable.Reverse(_nodes)) await node.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override Task KillAsync(int round)
    {
        _victim = _nodes[Choices.Next(FirstMortal, _nodes.Length)];
        return _victim.Process.KillAsync();
    }

    /// <inheritdoc/>
    protected override Task ReviveAsync() => StartAsync(_victim!);

    private static IEnumerable<string> Names => ["--Orleans:ServiceId=canaries", "--Orleans:ClusterId=canaries"];

    private async Task StartAsync(NodePlace node)
    {
        await node.StartAsync(["--Role=node", .. Names, .. Membership, .. Log, .. Settings]);
        await node.SaysAsync(System.Net.HttpStatusCode.OK);
    }
}

/// <summary>On one file, whose nodes find each other at the first, which stays.</summary>
public sealed class SqliteClusterCanaryTests(ITestOutputHelper output) : ClusterCanaryTests(output)
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-comments-");

    protected override int FirstMortal => 1;

    protected override IEnumerable<string> Membership =>
        ["--Orleans:Clustering:ProviderType=Development", $"--Orleans:Clustering:PrimarySiloEndPoint={First.Silo}"];

    protected override IEnumerable<string> Gateways =>
        ["--Orleans:Clustering:ProviderType=Development", $"--Orleans:Clustering:Gateways:0={First.Gateway}"];

    protected override IEnumerable<string> Log => [$"--Storage:Path={Database}"];

    private string Database => Path.Combine(_folder.FullName, "comments.db");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override Task CheckStoreAsync(int round, string left) => SqliteFiles.CheckAsync(Database, Texts, left);
}

/// <summary>On PostgreSQL. What it holds of a row that was written anew is a matter of its own; the rows are looked at.</summary>
[Trait("Needs", "postgresql")]
public sealed class PostgresClusterCanaryTests(Postgres.PostgresServer postgres, ITestOutputHelper output)
    : ClusterCanaryTests(output), IClassFixture<Postgres.PostgresServer>
{
    protected override IEnumerable<string> Membership => postgres.Membership();

    protected override IEnumerable<string> Log => postgres.Log();

    protected override async Task CheckStoreAsync(int round, string left) =>
        Texts.CheckStore(await postgres.ReadStatesAsync(), left, "in the rows of PostgreSQL");
}
