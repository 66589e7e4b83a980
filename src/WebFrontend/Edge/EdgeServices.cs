using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Makes the node an edge: everything that it serves comes from the upstream.</summary>
internal static class EdgeServices
{
    /// <summary>
    /// Adds the live videos of the upstream that the section <c>Upstream</c> names. Call it before <c>AddLiveComments</c>.
    /// </summary>
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.AddOptionsSection<UpstreamOptions>("Upstream");
        services.AddOptions<UpstreamOptions>().Validate<VideosOptions, AuthOptions>(
            (upstream, videos, auth) => upstream.TokenFile is null || (videos.Private.Count > 0 && auth.Issuers.Count > 0),
            "Setting Upstream:TokenFile: with it private videos come here, so give this node Videos:Private and Auth:Issuers as the "
            + "upstream has them.");
        services.AddHttpContextAccessor();
        services.AddSingleton<UpstreamClient>();
        services.AddSingleton<UpstreamMetrics>();
        services.AddSingleton<UpstreamLog>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EdgeLiveVideos>(provider, Random.Shared));
        services.AddSingleton<ILiveVideoReader>(provider => provider.GetRequiredService<EdgeLiveVideos>());
        services.AddSingleton<IPostHandler, PostForwarder>();
        services.AddSingleton<IGuestHandler, GuestForwarder>();
        services.AddSingleton<RequestForwarder>();
        services.AddSingleton<IRemovalHandler, RemovalForwarder>();
        services.AddSingleton<IBanHandler, BanForwarder>();
        services.AddSingleton<IErasureHandler, ErasureForwarder>();
        services.AddSingleton<ISettingsHandler, SettingsForwarder>();
        services.AddSingleton<IPinHandler, PinForwarder>();
        services.AddSingleton<IHeldHandler, HeldForwarder>();
        services.AddSingleton<IModeratorReader, ModeratorForwarder>();
        services.AddSingleton<IAuditHandler, AuditForwarder>();
        services.AddHostedService<ReceiptReporter>();
        return services;
    }
}
