using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveComments.Firehose;

/// <summary>Adds the firehose to a program that owns videos.</summary>
public static class FirehoseServices
{
    private const string ClientName = "LiveComments.Firehose";
    private const int MostOfAnswer = 64 * 1024;

    /// <summary>
    /// Sends the entries of the videos that <see cref="FirehoseOptions"/> names to the program's <see cref="IFirehoseReceiver"/>. It is called
    /// after the <see cref="ICommentStore"/> was added, whose appends it watches.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no store.</exception>
    public static IServiceCollection AddFirehose(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(FirehoseHost))) return services;
        services.AddOptionsSection<FirehoseOptions>("Firehose", "Webhook", "Redis");
        services.TryAddSingleton<FirehoseMetrics>();
        services.TryAddSingleton<FirehoseLog>();
        services.TryAddSingleton(provider => new ChosenLogs(provider.GetRequiredService<FirehoseOptions>().Videos));
        services.WatchStore();
        services.TryAddSingleton(NewSender);
        services.TryAddSingleton<FirehoseHost>();
        services.TryAddSingleton<IFirehoseStatus>(provider => provider.GetRequiredService<FirehoseHost>());
        services.AddHostedService(provider => provider.GetRequiredService<FirehoseHost>());
        return services;
    }

    /// <summary>Posts the entries to the address in <see cref="FirehoseWebhookOptions"/>.</summary>
    public static IServiceCollection AddFirehoseWebhook(this IServiceCollection services)
    {
        services.AddOptionsSection<FirehoseWebhookOptions>("Firehose:Webhook");
        services.PostConfigure<FirehoseWebhookOptions>(options =>
            options.Secret = SecretFile.Read("Firehose:Webhook:Secret", options.Secret, options.SecretFile));
        services.AddHttpClient(ClientName)
            // The sender has the time limit.
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A signed request goes where the settings say, and nowhere else.
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxResponseDrainSize = MostOfAnswer,
                MaxResponseHeadersLength = MostOfAnswer / 1024,
                // So that a change of the address is found.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.TryAddSingleton<IFirehoseReceiver>(provider => new WebhookReceiver(
            provider.GetRequiredService<FirehoseWebhookOptions>(),
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Puts the firehose between the store and all who append to it.</summary>
    private static void WatchStore(this IServiceCollection services)
    {
        var store = services.LastOrDefault(service => service.ServiceType == typeof(ICommentStore))
            ?? throw new InvalidOperationException("Add the store first, then the firehose.");
        services.AddSingleton(provider => new WatchedStore(
            (ICommentStore)(store.ImplementationInstance
                ?? store.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, store.ImplementationType!))));
        services.TryAddSingleton(provider => new UnsentList(
            provider.GetRequiredService<WatchedStore>().Store, provider.GetRequiredService<TimeProvider>()));
        services.Replace(ServiceDescriptor.Singleton<ICommentStore>(provider => new FirehoseStore(
            provider.GetRequiredService<WatchedStore>().Store,
            provider.GetRequiredService<ChosenLogs>(),
            provider.GetRequiredService<FirehoseSender>().Logs)));
    }

    private static FirehoseSender NewSender(IServiceProvider provider)
    {
        var (store, list) = (provider.GetRequiredService<WatchedStore>().Store, provider.GetRequiredService<UnsentList>());
        var options = provider.GetRequiredService<FirehoseOptions>();
        return new(
            options,
            provider.GetRequiredService<IFirehoseReceiver>(),
            new(store),
            ready => new(store, list, options.MaxInMemory, ready),
            provider.GetRequiredService<TimeProvider>(),
            Random.Shared,
            provider.GetRequiredService<FirehoseMetrics>(),
            provider.GetRequiredService<FirehoseLog>());
    }

    /// <summary>The store that is watched.</summary>
    private sealed record WatchedStore(ICommentStore Store);
}
