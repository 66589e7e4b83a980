using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Streams;
using LiveComments.Storage.Orleans;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Monitoring;
using LiveComments.WebFrontend.Settings;
using Orleans.Storage;

namespace LiveComments.Silo;

/// <summary>Puts a node of the cluster together: the web frontend, and the silo or the client that it reaches the live videos through.</summary>
internal static class ClusterNode
{
    /// <summary>Adds the parts of a node with this role.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static void AddClusterNode(this WebApplicationBuilder builder, NodeRole role)
    {
        ClusterIdentity.Check(builder.Configuration);
        ClusterDashboard.CheckSettings(builder.Configuration);
        var services = builder.Services;
        services.AddLiveComments().AddTelemetry(builder.Configuration);
        services.AddSettings<LeaseOptions>("Cluster");
        services.AddSettings<LocalSettings>("Local");
        services.AddSingleton(Bounds);
        services.AddSingleton<ILiveVideos, ClusterLiveVideos>();
        services.AddSingleton<Subscriptions>();
        services.AddHostedService(provider => provider.GetRequiredService<Subscriptions>());

        builder.AddAzureIdentity();

        if (!role.OwnsVideos)
        {
            services.AddHealthChecks().AddCheck<GatewayCheck>("cluster");
            services.AddHostedService<GatewayWatcher>();
            // The client waits for its cluster; HTTP answers meanwhile.
            services.Configure<HostOptions>(options => options.ServicesStartConcurrently = true);
            // What these write again and again while the cluster is away, ClusterConnection says once.
            foreach (var category in (string[])["Orleans.Messaging.GatewayManager", "Orleans.Runtime.Messaging.ConnectionManager",
                "Orleans.Runtime.ClientClusterManifestProvider"])
                builder.Logging.AddFilter(category, LogLevel.None);
            builder.UseOrleansClient(client => client.JoinCluster());
            return;
        }

        services.AddHealthChecks().AddCheck<SiloCheck>("cluster");
        builder.AddCommentStore();
        services.AddSettings<StreamOptions>("Streams");
        services.AddSingleton<CommentStreams>();
        services.AddHostedService<SiloWatcher>();
        builder.UseOrleans(silo => silo.JoinCluster());
    }

    // Grain storage where a provider is named, else a file that all nodes of this machine share.
    private static void AddCommentStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration["Storage:Provider"] is not null
            || builder.Configuration.GetSection($"Orleans:GrainStorage:{ClusterIdentity.LogProvider(builder.Configuration)}").Exists())
        {
            services.AddSettings<OrleansStorageSettings>("Storage");
            services.AddSingleton<ICommentStore>(provider =>
            {
                var settings = provider.GetRequiredService<OrleansStorageSettings>();
                builder.Configuration.CheckSegmentsFit(settings);
                var storage = provider.GetKeyedService<IGrainStorage>(settings.Provider) ?? throw new SettingsException(
                    $"Setting Storage:Provider: there is no Orleans:GrainStorage:{settings.Provider}; name one that is there.");
                return new OrleansCommentStore(storage, settings);
            });
            services.AddSingleton(provider => Bounds(provider) with
            {
                AppendInterval = TimeSpan.FromMilliseconds(provider.GetRequiredService<OrleansStorageSettings>().AppendIntervalMs),
            });
        }
        else
        {
            services.AddSettings<SqliteStorageSettings>("Storage");
            services.AddSingleton<ICommentStore, SqliteCommentStore>();
        }
    }

    private static LiveVideoOptions Bounds(IServiceProvider provider) =>
        new() { MaxWaitingPosts = provider.GetRequiredService<LimitsSettings>().MaxWaitingPosts };

    private static void CheckSegmentsFit(this ConfigurationManager configuration, OrleansStorageSettings settings)
    {
        const int Most = OrleansStorageSettings.MaxSegmentBytesInAzureTable;
        if (settings.SegmentBytes > Most && configuration[$"Orleans:GrainStorage:{settings.Provider}:ProviderType"] == "AzureTableStorage")
            throw new SettingsException(
                $"Setting Storage:SegmentBytes: with AzureTableStorage it is {Most:N0} at most; "
                + "a larger segment and an append may not fit an entity.");
    }

    /// <summary>Adds what a node with this role answers over HTTP.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static void MapClusterNode(this WebApplication app, NodeRole role)
    {
        if (role.ServesViewers) app.MapLiveComments();
        else app.UseServerDefaults();
        app.MapClusterDashboard();
        // Opened now, so that a log that cannot be used stops the start.
        if (role.OwnsVideos) app.Services.GetRequiredService<ICommentStore>();
    }

    /// <summary>Runs until the node is told to stop. A frontend may be told before it has found its cluster.</summary>
    public static async Task RunClusterNodeAsync(this WebApplication app)
    {
        var (started, stopping) = (app.Lifetime.ApplicationStarted, app.Lifetime.ApplicationStopping);
        try
        {
            await app.RunAsync();
        }
        catch (Exception) when (stopping.IsCancellationRequested && !started.IsCancellationRequested)
        {
            // What it waited for did not come.
        }
    }
}
