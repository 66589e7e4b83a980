using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend.Edge;

/// <summary>Makes the node an edge: all that it serves comes from the upstream.</summary>
internal static class EdgeServices
{
    /// <summary>Adds the upstream as the engine.</summary>
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.AddSettings<UpstreamOptions>("Upstream");
        services.AddHttpContextAccessor();
        services.AddSingleton<UpstreamClient>();
        services.AddSingleton<UpstreamMetrics>();
        services.AddSingleton<UpstreamLog>();
        services.AddSingleton<EdgeLiveVideos>();
        services.AddSingleton<ILiveVideoReader>(provider => provider.GetRequiredService<EdgeLiveVideos>());
        services.AddSingleton<PostForwarder>();
        return services;
    }
}
