using LiveComments.WebFrontend.Operations;
using LiveComments.WebFrontend.Wire;
using Orleans.Dashboard;

namespace LiveComments.Silo.Cluster;

/// <summary>The Orleans Dashboard at <c>/dashboard</c>, for operators.</summary>
internal static class ClusterDashboard
{
    // A sample asks each silo for its statistics. One each second, as by default, shows no trend any sooner.
    private static readonly TimeSpan CounterInterval = TimeSpan.FromSeconds(5);

    /// <summary>Lets this silo collect what the dashboard shows, and show it.</summary>
    public static void AddClusterDashboard(this ISiloBuilder silo)
    {
        if (silo.Configuration.WantsDashboard()) silo.AddDashboard(Configure);
    }

    /// <summary>Lets this client show what the silos collect.</summary>
    public static void AddClusterDashboard(this IClientBuilder client)
    {
        if (client.Configuration.WantsDashboard()) client.AddDashboard(Configure);
    }

    /// <summary>Maps the dashboard, if the settings want it.</summary>
    public static void MapClusterDashboard(this WebApplication app)
    {
        if (!app.Configuration.WantsDashboard()) return;
        app.MapOrleansDashboard("/dashboard")
            .RequireOperator()
            .ExcludeFromDescription()
            .AddEndpointFilter((context, next) =>
            {
                SecurityHeaders.SetForDashboard(context.HttpContext.Response);
                return next(context);
            });
    }

    // Read before there are services; OperationsOptions checks the value.
    private static bool WantsDashboard(this IConfiguration configuration) =>
        !bool.TryParse(configuration["Operations:Dashboard"], out var wanted) || wanted;

    private static void Configure(DashboardOptions options)
    {
        // The dashboard's log stream is off: it shows the log to everybody with access, and each reader holds a request for an hour.
        options.HideTrace = true;
        options.CounterUpdateIntervalMs = (int)CounterInterval.TotalMilliseconds;
    }
}
