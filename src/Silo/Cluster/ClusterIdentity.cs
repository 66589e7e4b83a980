using LiveComments.Storage.Orleans;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo.Cluster;

/// <summary>Refuses settings under which a node would join another cluster, write into another log, or keep one that forgets.</summary>
internal static class ClusterIdentity
{
    private static readonly string[] Redis = ["Redis", "AzureRedisCache"];

    /// <summary>Checks what is set of Orleans' providers.</summary>
    /// <exception cref="SettingsException">A name is missing, or the log's provider cannot keep a log.</exception>
    public static void Check(IConfiguration configuration, Role role)
    {
        if (configuration.GetSection("Orleans:Clustering").Exists() || configuration.GetSection("Orleans:GrainStorage").Exists())
        {
            Require(configuration, "Orleans:ServiceId", "Name the service, as livecomments; its logs are kept under this name for good");
            Require(configuration, "Orleans:ClusterId", "Name the cluster, as livecomments-1; nodes of the same name find each other");
        }

        var log = $"Orleans:GrainStorage:{LogProvider(configuration)}:ProviderType";
        if (role.OwnsVideos() && configuration[log] is not null && configuration.ReadStore() != "orleans")
            throw new SettingsException($"Setting {log}: only the store orleans reads it. Set Storage:Provider=orleans, or remove it.");
        if (Redis.Contains(configuration[log], StringComparer.OrdinalIgnoreCase))
        {
            throw new SettingsException(
                $"Setting {log}: Redis cannot keep the log, because it acknowledges a comment before it is on disk. "
                + "Use AdoNet, AzureTableStorage or AzureBlobStorage.");
        }
    }

    // The name of the grain storage that holds the log, if one does.
    private static string LogProvider(IConfiguration configuration) =>
        configuration["Storage:GrainStorage"] ?? new OrleansStorageOptions().GrainStorage;

    private static void Require(IConfiguration configuration, string setting, string advice)
    {
        if (string.IsNullOrWhiteSpace(configuration[setting]))
            throw new SettingsException($"Setting {setting}: it is missing, and a provider is named. {advice}.");
    }
}
