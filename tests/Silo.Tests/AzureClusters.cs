using LiveComments.Azurite;

namespace LiveComments.Silo.Tests;

/// <summary>A cluster on azurite: its nodes find each other in Azure Table storage, and keep the log there or in blobs.</summary>
/// <param name="log">The grain storage: its type and settings.</param>
public abstract class AzureCluster(params string[] log) : ProcessCluster
{
    /// <summary>The storage.</summary>
    public AzuriteServer Azurite { get; } = new();

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings =>
    [
        "--Orleans:Clustering:ProviderType=AzureTableStorage", $"--Orleans:Clustering:ConnectionString={Azurite.ConnectionString}",
        "--Storage:Provider=orleans", $"--Orleans:GrainStorage:comments:ConnectionString={Azurite.ConnectionString}",
        .. log.Select(setting => $"--Orleans:GrainStorage:comments:{setting}"),
        // As it is advised where each write costs money.
        "--Storage:AppendIntervalMs=20",
    ];

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        await Azurite.InitializeAsync();
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Azurite.DisposeAsync();
    }
}

/// <summary>With the log in Azure Table storage.</summary>
public sealed class AzureTableCluster() : AzureCluster("ProviderType=AzureTableStorage");

/// <summary>With the log in Azure Blob storage.</summary>
public sealed class AzureBlobCluster() : AzureCluster("ProviderType=AzureBlobStorage", "ContainerName=livecomments");
