using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Publishing;
using LiveComments.Storage.Orleans;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Settings;
using Orleans.Storage;

namespace LiveComments.Silo;

/// <summary>Puts a node of the cluster together: the web frontend, and the silo or the client that it reaches the live videos through.</summary>
internal static class ClusterNode
{
    /// <summary>Adds the parts of a node with this role.</summary>
    public static void AddClusterNode(this WebApplicationBuilder builder, NodeRole role)
    {
        var services = builder.Services;
        services.AddLiveComments().AddTelemetry(builder.Configuration);
        services.AddSettings<SubscriptionOptions>("Cluster");
        services.AddSettings<LocalClusterOptions>("Local");
        services.AddSettings<DashboardSettings>("Dashboard");
        services.AddHealthChecks().AddCheck<ClusterCheck>("cluster");
        services.AddSingleton(provider =>
            new LiveVideoOptions { MaxWaitingPosts = provider.GetRequiredService<LimitsOptions>().MaxWaitingPosts });
        services.AddSingleton<ILiveVideos, ClusterLiveVideos>();
        services.AddSingleton<FrontendLink>();
        services.AddHostedService(provider => provider.GetRequiredService<FrontendLink>());

        if (!role.OwnsVideos)
        {
            builder.UseOrleansClient(client => client.JoinCluster());
            return;
        }

        builder.AddCommentStore();
        services.AddSettings<PublishingOptions>("Streams");
        services.AddSingleton<CommentStreams>();
        services.AddHostedService<SiloWatcher>();
        builder.UseOrleans(silo => silo.JoinCluster());
    }

    // Grain storage where a provider is named, else a file that all nodes of this machine share.
    private static void AddCommentStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        if (builder.Configuration["Storage:Provider"] is not null
            || builder.Configuration.GetSection($"Orleans:GrainStorage:{new OrleansStorageOptions().Provider}").Exists())
        {
            services.AddSettings<OrleansStorageOptions>("Storage");
            services.AddSingleton<ICommentStore>(provider =>
            {
                var settings = provider.GetRequiredService<OrleansStorageOptions>();
                var storage = provider.GetKeyedService<IGrainStorage>(settings.Provider) ?? throw new SettingsException(
                    $"Setting Storage:Provider: there is no Orleans:GrainStorage:{settings.Provider}; name one that is there.");
                return new OrleansCommentStore(storage, settings);
            });
        }
        else
        {
            services.AddSettings<SqliteOptions>("Storage");
            services.AddSingleton<ICommentStore, SqliteCommentStore>();
        }
    }

    /// <summary>Adds what a node with this role answers over HTTP.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static void MapClusterNode(this WebApplication app, NodeRole role)
    {
        if (role.ServesViewers)
        {
            app.MapLiveComments();
        }
        else
        {
            app.Services.CheckSettings();
            app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
            app.MapHealthChecks("/health/ready");
        }

        app.MapClusterDashboard();
        // Opened now, so that a log that cannot be used stops the start.
        if (role.OwnsVideos) app.Services.GetRequiredService<ICommentStore>();
    }
}
