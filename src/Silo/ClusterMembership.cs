using System.Net;
using Orleans.Configuration;

namespace LiveComments.Silo;

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
            // Dead after three seconds of silence, by the word of two.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
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
        silo.AddClusterDashboard();
    }

    /// <summary>Makes this process a client of the cluster.</summary>
    public static void JoinCluster(this IClientBuilder client)
    {
        if (!client.Configuration.NamesProvider())
            client.UseLocalhostClustering(FirstGatewayPort + client.Configuration.LocalNode() - 1);
        client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout);
        client.AddClusterDashboard();
    }

    private static bool NamesProvider(this IConfiguration configuration) => configuration.GetSection("Orleans:Clustering").Exists();

    private static int LocalNode(this IConfiguration configuration) =>
        configuration.GetSection("Local").Get<LocalSettings>()?.Node ?? new LocalSettings().Node;
}
