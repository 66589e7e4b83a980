using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using LiveComments.Azurite;
using LiveComments.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace LiveComments.Storage.Orleans.Tests;

/// <summary>The grain storage of a silo in this process.</summary>
public abstract class SiloStorage : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    /// <summary>The storage.</summary>
    public IGrainStorage Storage { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => Configure(silo, "comments"));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        Storage = _cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>("comments");
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    /// <summary>Gives the silo its storage.</summary>
    protected abstract void Configure(ISiloBuilder silo, string provider);
}

/// <summary>Orleans' own storage in memory.</summary>
public sealed class MemorySiloStorage : SiloStorage
{
    /// <inheritdoc/>
    protected override void Configure(ISiloBuilder silo, string provider) => silo.AddMemoryGrainStorage(provider);
}

/// <summary>Storage in a server of its own.</summary>
public abstract class ServerSiloStorage<TServer> : SiloStorage
    where TServer : IAsyncLifetime, new()
{
    /// <summary>The server.</summary>
    protected TServer Server { get; } = new();

    /// <summary>Lets a request that gets no answer be made again before a test gives up: by default it is after 100 s.</summary>
    protected static T Impatient<T>(T options)
        where T : ClientOptions
    {
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>ADO.NET storage in a PostgreSQL server.</summary>
public sealed class PostgresSiloStorage : ServerSiloStorage<PostgresServer>
{
    /// <summary>How to connect to the server.</summary>
    public string ConnectionString => Server.ConnectionString;

    /// <inheritdoc/>
    protected override void Configure(ISiloBuilder silo, string provider) => silo.AddAdoNetGrainStorage(provider, options =>
        (options.Invariant, options.ConnectionString) = ("Npgsql", Server.ConnectionString));
}

/// <summary>Azure Table storage, on azurite.</summary>
public sealed class AzureTableSiloStorage : ServerSiloStorage<AzuriteServer>
{
    /// <inheritdoc/>
    protected override void Configure(ISiloBuilder silo, string provider) =>
        silo.AddAzureTableGrainStorage(provider, options => options.TableServiceClient = new(Server.ConnectionString, Impatient(new TableClientOptions())));
}

/// <summary>Azure Blob storage, on azurite.</summary>
public sealed class AzureBlobSiloStorage : ServerSiloStorage<AzuriteServer>
{
    /// <inheritdoc/>
    protected override void Configure(ISiloBuilder silo, string provider) =>
        silo.AddAzureBlobGrainStorage(provider, options => options.BlobServiceClient = new(Server.ConnectionString, Impatient(new BlobClientOptions())));
}
