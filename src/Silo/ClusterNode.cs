using LiveComments.Grains.Client;
using LiveComments.Grains.Interfaces;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>Puts a node of the cluster together: the web frontend, and the silo or the client that it reaches the live videos through.</summary>
internal static class ClusterNode
{
    /// <summary>Adds the parts of a node with this role.</summary>
    public static void AddClusterNode(this WebApplicationBuilder builder, NodeRole role)
    {
        var services = builder.Services;
        services.AddLiveComments();
        services.AddSettings<LeaseOptions>("Cluster");
        services.AddSettings<LocalSettings>("Local");
        services.AddSettings<DashboardSettings>("Dashboard");
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

        services.AddSettings<SqliteStorageSettings>("Storage");
        services.AddSingleton<ICommentStore, SqliteCommentStore>();
        services.AddHostedService<SiloWatcher>();
        builder.UseOrleans(silo => silo.JoinCluster());
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
