using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>A cluster whose nodes find each other, and keep the log, in PostgreSQL.</summary>
public sealed class PostgresCluster : ProcessCluster
{
    private readonly PostgresServer _postgres = new();

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings => [.. _postgres.Membership(), .. _postgres.Log()];

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
