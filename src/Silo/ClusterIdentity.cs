using LiveComments.Storage.Orleans;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>Refuses settings under which a node would join another cluster, write into another log, or keep one that forgets.</summary>
internal static class ClusterIdentity
{
    private static readonly string[] Redis = ["Redis", "AzureRedisCache"];

    /// <summary>Checks what is set of Orleans' providers.</summary>
    /// <exception cref="SettingsException">A name is missing, or the log's provider cannot keep a log.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (configuration.GetSection("Orleans:Clustering").Exists() || configuration.GetSection("Orleans:GrainStorage").Exists())
        {
            Require(configuration, "Orleans:ServiceId", "name the service, as livecomments; its logs are kept under this name for good");
            Require(configuration, "Orleans:ClusterId", "name the cluster, as livecomments-1; nodes of the same name find each other");
        }

        var log = $"Orleans:GrainStorage:{LogProvider(configuration)}:ProviderType";
        if (Redis.Contains(configuration[log], StringComparer.OrdinalIgnoreCase))
        {
            throw new SettingsException(
                $"Setting {log}: Redis cannot keep the log, because it acknowledges a comment before it is on disk; "
                + "use AdoNet, AzureTableStorage or AzureBlobStorage.");
        }
    }

    /// <summary>The name of the grain storage that holds the log, if one does.</summary>
    public static string LogProvider(IConfiguration configuration) =>
        configuration["Storage:Provider"] ?? new OrleansStorageSettings().Provider;

    private static void Require(IConfiguration configuration, string setting, string advice)
    {
        if (string.IsNullOrWhiteSpace(configuration[setting]))
            throw new SettingsException($"Setting {setting}: it is missing, and a provider is named; {advice}.");
    }
}
