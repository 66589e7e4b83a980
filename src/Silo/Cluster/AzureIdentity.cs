using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo.Cluster;

/// <summary>
/// Azure Storage without a secret: a provider with the setting <c>ServiceUri</c> is reached with the identity that the node runs under, for
/// example as its managed identity. Orleans' own settings know connection strings and clients that the program brings; this brings the
/// clients.
/// </summary>
internal static class AzureIdentity
{
    private const string Setting = "ServiceUri";

    /// <summary>Gives each Orleans provider that has a <c>ServiceUri</c> a client with a credential.</summary>
    /// <exception cref="SettingsException">The setting is wrong, or is one of another provider.</exception>
    public static void AddAzureIdentity(this WebApplicationBuilder builder)
    {
        var orleans = builder.Configuration.GetSection("Orleans");
        var providers = orleans.GetSection("GrainStorage").GetChildren().Prepend(orleans.GetSection("Clustering"));
        foreach (var provider in providers.Where(provider => provider[Setting] is not null).ToList())
        {
            var (uri, key) = (ReadUri(provider), provider.Path);
            switch (provider["ProviderType"])
            {
                case "AzureTableStorage":
                    builder.Services.AddKeyedSingleton(key, (services, _) => new TableServiceClient(uri, Credential(services), Impatient(new TableClientOptions())));
                    break;
                case "AzureBlobStorage":
                    builder.Services.AddKeyedSingleton(key, (services, _) => new BlobServiceClient(uri, Credential(services), Impatient(new BlobClientOptions())));
                    break;
                default:
                    throw new SettingsException(
                        $"Setting {provider.Path}:{Setting}: only AzureTableStorage and AzureBlobStorage have it; remove it.");
            }

            provider["ServiceKey"] = key;
        }

        builder.Services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
    }

    // By default a request that gets no answer is made again after 100 s. Who waits for a post has gone by then.
    private static T Impatient<T>(T options)
        where T : ClientOptions
    {
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }

    private static TokenCredential Credential(IServiceProvider services) => services.GetRequiredService<TokenCredential>();

    // A credential is sent over TLS alone: the clients refuse http, on this machine too.
    private static Uri ReadUri(IConfigurationSection provider)
    {
        if (provider["ConnectionString"] is not null || provider["ConnectionName"] is not null)
            throw new SettingsException($"Setting {provider.Path}:{Setting}: there is a connection string as well; remove one of the two.");
        return Uri.TryCreate(provider[Setting], UriKind.Absolute, out var uri) && uri is { Scheme: "https", Query: "", Fragment: "" }
            ? uri
            // The value may hold a secret, so the message does not repeat it.
            : throw new SettingsException(
                $"Setting {provider.Path}:{Setting}: this is no address such as https://example.table.core.windows.net (https, no query).");
    }
}
