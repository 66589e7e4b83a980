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
    public static void AddClusterNode(this WebApplicationBuilder builder, NodeRole role)
    {
        ClusterDashboard.CheckSettings(builder.Configuration);
        var services = builder.Services;
        services.AddLiveComments().AddTelemetry(builder.Configuration);
        services.AddSettings<LeaseOptions>("Cluster");
        services.AddSettings<LocalSettings>("Local");
        services.AddHealthChecks().AddCheck<ClusterCheck>("cluster");
        services.AddSingleton(provider =>
            new LiveVideoOptions { MaxWaitingPosts = provider.GetRequiredService<LimitsSettings>().MaxWaitingPosts });
        services.AddSingleton<ILiveVideos, ClusterLiveVideos>();
        services.AddSingleton<Subscriptions>();
        services.AddHostedService(provider => provider.GetRequiredService<Subscriptions>());

        if (!role.OwnsVideos)
        {
            builder.UseOrleansClient(client => client.JoinCluster());
            return;
        }

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
            || builder.Configuration.GetSection($"Orleans:GrainStorage:{new OrleansStorageSettings().Provider}").Exists())
        {
            services.AddSettings<OrleansStorageSettings>("Storage");
            services.AddSingleton<ICommentStore>(provider =>
            {
                var settings = provider.GetRequiredService<OrleansStorageSettings>();
                var storage = provider.GetKeyedService<IGrainStorage>(settings.Provider) ?? throw new SettingsException(
                    $"Setting Storage:Provider: there is no Orleans:GrainStorage:{settings.Provider}; name one that is there.");
                return new OrleansCommentStore(storage, settings);
            });
        }
        else
        {
            services.AddSettings<SqliteStorageSettings>("Storage");
            services.AddSingleton<ICommentStore, SqliteCommentStore>();
        }
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
}
