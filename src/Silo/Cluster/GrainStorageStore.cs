using LiveComments.Storage.Orleans;
using LiveComments.WebFrontend.Settings;
using Orleans.Storage;

namespace LiveComments.Silo.Cluster;

/// <summary>The store <c>orleans</c>: the logs in a grain storage that the section <c>Orleans:GrainStorage</c> configures.</summary>
internal static class GrainStorageStore
{
    /// <summary>Adds the store.</summary>
    public static void AddGrainStorageStore(this WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        services.AddOptionsSection<OrleansStorageOptions>("Storage", "Provider");
        services.AddOptions<LiveVideoOptions>().Configure<OrleansStorageOptions>((video, options) =>
            video.AppendInterval = TimeSpan.FromMilliseconds(options.AppendIntervalMs));
        services.AddSingleton<ICommentStore>(provider =>
        {
            var options = provider.GetRequiredService<OrleansStorageOptions>();
            CheckSegmentsFit(configuration, options);
            var storage = provider.GetKeyedService<IGrainStorage>(options.GrainStorage) ?? throw new SettingsException(
                $"Setting Storage:GrainStorage: there is no Orleans:GrainStorage:{options.GrainStorage}. "
                + "Configure it, or name another one.");
            return new OrleansCommentStore(storage, options);
        });
    }

    private static void CheckSegmentsFit(ConfigurationManager configuration, OrleansStorageOptions options)
    {
        if (configuration[$"Orleans:GrainStorage:{options.GrainStorage}:ProviderType"] != "AzureTableStorage"
            || options.SegmentBytes <= OrleansStorageOptions.MaxSegmentBytesInAzureTable) return;
        throw new SettingsException(
            $"Setting Storage:SegmentBytes: with AzureTableStorage it is at most {OrleansStorageOptions.MaxSegmentBytesInAzureTable:N0}. "
            + "A larger segment and an append do not fit an entity of 960 KiB.");
    }
}
