using LiveComments.HttpContract;
using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>The nodes of one test, in a PostgreSQL that it shares with others: each site is a service and a cluster of its own.</summary>
internal sealed class TestSite(PostgresServer postgres) : IAsyncDisposable
{
    private readonly string _name = $"test-{Guid.NewGuid():N}";
    private readonly List<NodePlace> _places = [];

    /// <summary>Starts a node with this role in a place of its own.</summary>
    public async Task<NodePlace> StartAsync(string role)
    {
        var place = new NodePlace();
        _places.Add(place);
        await StartAgainAsync(place, role);
        return place;
    }

    /// <summary>Starts a node with this role where another one was.</summary>
    public Task StartAgainAsync(NodePlace place, string role) => place.StartAsync(
        ["--role", role, $"--Orleans:ServiceId={_name}", $"--Orleans:ClusterId={_name}", .. postgres.Membership(),
        .. role == "frontend" ? [] : postgres.Log(), .. role == "silo" ? [] : ContractTarget.ReviewSettings]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var place in _places) await place.DisposeAsync();
    }
}
