using System.Net;
using Orleans.Configuration;

namespace LiveComments.Silo.Cluster;

/// <summary>How a node finds its cluster, and how soon the cluster sees that a node has gone.</summary>
internal static class ClusterMembership
{
    private const int FirstSiloPort = 11111;
    private const int FirstGatewayPort = 30000;

    // An owner answers in milliseconds. One that has not for so long is dead or cut off, and the poster should be told to try again.
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes this process a silo.</summary>
    public static void JoinCluster(this ISiloBuilder silo)
    {
        if (!silo.Configuration.NamesProvider())
        {
            var node = silo.Configuration.LocalNode();
            silo.UseLocalhostClustering(
                FirstSiloPort + node - 1, FirstGatewayPort + node - 1, new IPEndPoint(IPAddress.Loopback, FirstSiloPort));
        }

        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A silo is dead after 3 s without answers, or 4.5 s if probes were slow, when two others say so.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            // Orleans adapts the timeout to the answers that it sees; left alone up to four seconds a probe.
            options.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        });
        silo.Configure<ClusterMembershipOptions>(silo.Configuration.GetSection("Orleans:Membership"));
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(30);
            options.CollectionAge = TimeSpan.FromMinutes(2);
        });
        silo.UseClusterTls();
        silo.AddClusterDashboard();
    }

    /// <summary>Makes this process a client of the cluster.</summary>
    public static void JoinCluster(this IClientBuilder client)
    {
        if (!client.Configuration.NamesProvider())
            client.UseLocalhostClustering(FirstGatewayPort + client.Configuration.LocalNode() - 1);
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        // A gateway that hangs is left when the cluster has declared it dead, and this list shows it.
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        client.Configure<GatewayOptions>(client.Configuration.GetSection("Orleans:Gateway"));
        // The one call that a client without viewers makes. It finds a gateway again after the last one went.
        client.Configure<TypeManagementOptions>(options => options.TypeMapRefreshInterval = TimeSpan.FromSeconds(2));
        client.Services.AddSingleton<ClusterConnection>();
        client.Services.AddSingleton<IClusterConnectionStatusObserver>(services => services.GetRequiredService<ClusterConnection>());
        client.Services.AddSingleton<IClientConnectionRetryFilter>(services => services.GetRequiredService<ClusterConnection>());
        client.UseClusterTls();
        client.AddClusterDashboard();
    }

    private static bool NamesProvider(this IConfiguration configuration) => configuration.GetSection("Orleans:Clustering").Exists();

    private static int LocalNode(this IConfiguration configuration) =>
        configuration.GetSection("Local").Get<LocalClusterOptions>()?.Node ?? new LocalClusterOptions().Node;
}
