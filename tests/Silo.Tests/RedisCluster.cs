using LiveComments.Postgres;

namespace LiveComments.Silo.Tests;

/// <summary>
/// A cluster whose nodes find each other in Redis. The log is in PostgreSQL: a node that stands still may hold the lock of a shared file,
/// and then holds up the others.
/// </summary>
public sealed class RedisCluster : ProcessCluster
{
    private readonly RedisServer _redis = new();
    private readonly PostgresServer _postgres = new();

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings =>
    [
        "--Orleans:Clustering:ProviderType=Redis", $"--Orleans:Clustering:ConnectionString={_redis.ConnectionString}", .. _postgres.Log(),
    ];

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await Task.WhenAll(_redis.InitializeAsync(), _postgres.InitializeAsync());
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
