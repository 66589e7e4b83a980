using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend.Upstream;

/// <summary>Makes the node an edge: all that it serves comes from the upstream.</summary>
internal static class UpstreamServices
{
    /// <summary>Adds the upstream as the engine.</summary>
    public static IServiceCollection AddUpstream(this IServiceCollection services)
    {
        services.AddSettings<UpstreamSettings>("Upstream");
        services.AddHttpContextAccessor();
        services.AddSingleton<UpstreamClient>();
        services.AddSingleton<UpstreamMetrics>();
        services.AddSingleton<UpstreamTrouble>();
        services.AddSingleton<UpstreamLiveVideos>();
        services.AddSingleton<IReadOnlyLiveVideos>(provider => provider.GetRequiredService<UpstreamLiveVideos>());
        services.AddSingleton<UpstreamPosts>();
        return services;
    }
}
