using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>A cluster whose nodes find each other, and keep the log, in PostgreSQL: in Orleans' grain storage.</summary>
public class PostgresCluster : ProcessCluster
{
    /// <summary>The server.</summary>
    public PostgresServer Postgres { get; } = new();

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings => [.. Postgres.Membership(), .. Log];

    /// <summary>The arguments that say where the log is.</summary>
    protected virtual IEnumerable<string> Log => Postgres.Log();

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await Postgres.InitializeAsync();
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}

/// <summary>The same, with the log in tables of its own.</summary>
public sealed class PostgresLogCluster : PostgresCluster
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Log => Postgres.LogInTables();
}
