using System.Diagnostics;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Canary;
using Xunit.Abstractions;

namespace LiveComments.WebFrontend.Tests;

/// <summary>Canaries at a node that is killed, at an edge of it, and at an edge of that.</summary>
public sealed class CanaryTests(ITestOutputHelper output) : CanaryContract(output)
{
    // An edge that is cut off shows what it has for so long.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(20);

    private readonly TemporaryDatabase _database = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Next()}");
    private ServerProcess _node = null!;
    private ServerProcess _edge = null!;
    private ServerProcess _secondEdge = null!;
    private CanaryPlace[] _places = [];

    // Timestamps: from a kill to the end of its round.
    private long _cutOff = long.MaxValue;
    private long _connected = long.MaxValue;

    protected override IReadOnlyList<CanaryPlace> Places => _places;

    protected override int DefaultRounds => 12;

    public override async Task InitializeAsync()
    {
        _node = await StartNodeAsync();
        string[] settings = [$"--Upstream:StaleSeconds={Stale.TotalSeconds}", .. Settings];
        _edge = await EdgeServer.StartAsync(_address, settings);
        _secondEdge = await EdgeServer.StartAsync(_edge.Address, settings);
        _places =
        [
            new("the node", new(new(_address)), _ => Bound),
            new("the edge", new(new(_address, _edge.Address)), BoundOfEdge),
            new("the second edge", new(new(_address, _secondEdge.Address)), BoundOfEdge),
        ];
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _secondEdge.DisposeAsync();
        await _edge.DisposeAsync();
        await _node.DisposeAsync();
        _database.Dispose();
    }

    protected override async Task KillAsync(int round)
    {
        (_cutOff, _connected) = (Stopwatch.GetTimestamp(), long.MaxValue);
        await _node.KillAsync();
        await _node.DisposeAsync();
        _node = await StartNodeAsync();
    }

    protected override Task CheckStoreAsync(int round, string left)
    {
        // Every screen has all by now.
        if (_connected == long.MaxValue) _connected = Stopwatch.GetTimestamp();
        return SqliteFiles.CheckAsync(_database.Place, Texts, left);
    }

    private TimeSpan BoundOfEdge(long asked) => asked >= _cutOff && asked <= _connected ? Bound + Stale : Bound;

    private Task<ServerProcess> StartNodeAsync() => _database.ServeAsync(["--urls", _address.ToString(), .. Settings]);
}
