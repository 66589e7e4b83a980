using LiveComments.Silo.Cluster;
using Orleans.Providers;

[assembly: RegisterProvider("AdoNet", "GrainStorage", "Client", typeof(FrontendStorage))]
[assembly: RegisterProvider("AzureTableStorage", "GrainStorage", "Client", typeof(FrontendStorage))]
[assembly: RegisterProvider("AzureBlobStorage", "GrainStorage", "Client", typeof(FrontendStorage))]

namespace LiveComments.Silo.Cluster;

/// <summary>
/// The grain storage of a frontend: none. Orleans' client refuses to start if a log is configured; so all nodes can be given the same
/// settings.
/// </summary>
internal sealed class FrontendStorage : IProviderBuilder<IClientBuilder>
{
    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection)
    {
        // A frontend reads and writes through the owners of the videos.
    }
}
