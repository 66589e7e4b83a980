using LiveComments.Silo.Cluster;
using LiveComments.WebFrontend;
using LiveComments.WebFrontend.Edge;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Operations;

namespace LiveComments.Silo;

/// <summary>Puts the parts of a role together.</summary>
internal static class RoleParts
{
    /// <summary>Adds the services of a role.</summary>
    /// <exception cref="WebFrontend.Settings.SettingsException">A setting is wrong.</exception>
    public static void AddRole(this WebApplicationBuilder builder, Role role)
    {
        var services = builder.Services;
        services.AddLiveCommentsCore();
        services.AddTelemetry(builder.Configuration);
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<StartupLog>(provider, role));
        if (role.OwnsVideos()) builder.AddStore(role);
        if (role.OwnsVideos()) builder.AddFirehose(role);
        if (role == Role.Edge) services.AddUpstream();
        if (role.IsInCluster()) builder.AddCluster(role);
        if (!role.ServesViewers()) return;

        var liveComments = services.AddLiveComments().AddOperations();
        if (role == Role.Single) liveComments.AddInProcessLiveVideos();
        if (role == Role.Edge) return;
        // Nodes on one file find one key beside it. Others must be given one, so that a guest of one is a guest of all.
        if (role.OwnsVideos() && builder.Configuration.ReadStore() == "sqlite")
        {
            services.AddOwnGuestKey();
            services.AddOwnAuditKey();
            return;
        }

        services.PostConfigure<AuthOptions>(auth => auth.Guests ??= AuthChoice.Allow);
    }

    /// <summary>Maps what a role answers over HTTP.</summary>
    public static void MapRole(this WebApplication app, Role role)
    {
        if (role.IsInCluster()) app.MapClusterDashboard();
        if (!role.ServesViewers()) return;
        app.MapLiveComments();
        app.MapLiveCommentsPages();
        app.MapLiveCommentsOperations();
        app.MapOpenApi();
        app.MapGet("/", () => TypedResults.Redirect("/videos/demo")).ExcludeFromDescription();
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public static async Task RunRoleAsync(this WebApplication app)
    {
        var (started, stopping) = (app.Lifetime.ApplicationStarted, app.Lifetime.ApplicationStopping);
        try
        {
            await app.RunAsync();
        }
        catch (Exception) when (stopping.IsCancellationRequested && !started.IsCancellationRequested)
        {
            // A frontend was told to stop before it had found its cluster. That is no failure.
        }
    }
}
