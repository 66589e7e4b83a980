using LiveComments.Grains;
using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Publishing;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo.Cluster;

/// <summary>Makes this process a part of an Orleans cluster.</summary>
internal static class ClusterParts
{
    // These repeat their lines while the cluster is away. ClusterConnection logs that once.
    private static readonly string[] NoisyWhileAway =
    [
        "Orleans.Messaging.GatewayManager",
        "Orleans.Runtime.Messaging.ConnectionManager",
        "Orleans.Runtime.ClientClusterManifestProvider",
    ];

    /// <summary>Adds the silo or the client, and the way from here to the owners of the videos.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static void AddCluster(this WebApplicationBuilder builder, Role role)
    {
        ClusterIdentity.Check(builder.Configuration, role);
        var services = builder.Services;
        services.AddOptionsSection<SubscriptionOptions>("Cluster");
        services.AddOptionsSection<LocalClusterOptions>("Local");
        services.AddOptionsSection<ClusterTlsOptions>("Tls");
        services.AddLiveVideoOptions();
        services.AddSingleton<ILiveVideos, ClusterLiveVideos>();
        services.AddSingleton<FrontendLink>();
        services.AddSingleton<IReceipts, ClusterReceipts>();
        services.AddHostedService(provider => provider.GetRequiredService<FrontendLink>());
        builder.AddAzureIdentity();
        if (role.OwnsVideos()) builder.AddSilo();
        else builder.AddClient();
    }

    private static void AddSilo(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHealthChecks().AddCheck<SiloCheck>("cluster");
        services.AddSiteDecisions();
        services.AddOptionsSection<PublishingOptions>("Publishing");
        services.AddSingleton<CommentStreams>();
        services.AddSingleton<SubscriptionLog>();
        services.AddSingleton<SubscriptionMetrics>();
        services.AddHostedService<SiloWatcher>();
        builder.UseOrleans(silo => silo.JoinCluster());
    }

    private static void AddClient(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHealthChecks().AddCheck<GatewayCheck>("cluster");
        services.AddSingleton<ISiteBans, ClusterSiteBans>();
        services.AddSingleton<IErasures, ClusterErasures>();
        services.AddHostedService<GatewayWatcher>();
        // The client waits for its cluster; HTTP answers meanwhile.
        services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
        foreach (var category in NoisyWhileAway) builder.Logging.AddFilter(category, LogLevel.None);
        builder.UseOrleansClient(client => client.JoinCluster());
    }
}
