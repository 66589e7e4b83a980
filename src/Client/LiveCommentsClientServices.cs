using LiveComments.Client;
using LiveComments.Client.Requests;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of LiveComments.</summary>
public static class LiveCommentsClientServices
{
    /// <summary>The name of the client's <see cref="HttpClient"/> at the <see cref="IHttpClientFactory"/>.</summary>
    public const string HttpClientName = "LiveComments.Client";

    /// <summary>
    /// Registers one <see cref="LiveCommentsClient"/> for the whole program. Its connections come from the <see cref="IHttpClientFactory"/>,
    /// and its clock is the <see cref="TimeProvider"/> of the services, if there is one.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; <see cref="LiveCommentsClientOptions.Server"/> at least.</param>
    /// <returns>
    /// What the client's HTTP is configured by: its handler, proxies, more handlers before it. One that repeats requests is not needed, and
    /// one that limits the time of a request ends streams.
    /// </returns>
    public static IHttpClientBuilder AddLiveCommentsClient(this IServiceCollection services, Action<LiveCommentsClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        services.TryAddSingleton(provider => new LiveCommentsClient(
            provider.GetRequiredService<IOptions<LiveCommentsClientOptions>>().Value,
            provider.GetService<TimeProvider>(),
            () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName)));
        return services.AddHttpClient(HttpClientName, HttpDefaults.Configure)
            .ConfigurePrimaryHttpMessageHandler(HttpDefaults.NewHandler)
            // The handler looks addresses up anew by itself; one that is replaced would close what streams use.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
