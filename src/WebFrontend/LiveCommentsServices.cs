using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend;

/// <summary>Adds LiveComments to any ASP.NET Core program. Nothing that the program has is changed.</summary>
public static class LiveCommentsServices
{
    /// <summary>
    /// Adds the services of the API and of the streams. The program brings an <see cref="ILiveVideos"/>: with
    /// <see cref="AddInProcessLiveVideos"/> and a store, for example.
    /// </summary>
    public static LiveCommentsBuilder AddLiveComments(this IServiceCollection services)
    {
        services.AddOptionsSection<LimitsOptions>("Limits");
        services.AddOptionsSection<StreamingOptions>("Streaming");
        services.AddOptionsSection<HttpOptions>("Http");

        services.AddLiveCommentsCore();
        services.TryAddSingleton<ILiveVideoReader>(provider => provider.GetRequiredService<ILiveVideos>());
        services.TryAddSingleton<IPostHandler, PostHandler>();
        services.TryAddSingleton<StreamMetrics>();
        services.TryAddSingleton<VideoHubs>();
        services.TryAddSingleton(provider => new ViewerRegistry(
            provider.GetRequiredService<LimitsOptions>().MaxViewers,
            provider.GetRequiredService<StreamingOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<StreamMetrics>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ViewerShutdown>());
        services.TryAddSingleton<PostRateLimit>();
        services.TryAddSingleton<StreamsPerAddress>();
        services.TryAddSingleton(_ => new RetryHints(Random.Shared));
        return new(services);
    }

    /// <summary>Hosts the live videos in this process. The program brings the <see cref="ICommentStore"/>.</summary>
    public static LiveCommentsBuilder AddInProcessLiveVideos(this LiveCommentsBuilder builder)
    {
        builder.Services.AddLiveVideoOptions();
        builder.Services.TryAddSingleton<ILiveVideos, InProcessLiveVideos>();
        return builder;
    }

    /// <summary>Adds what every part needs, with or without viewers: the clock, and what is counted.</summary>
    internal static IServiceCollection AddLiveCommentsCore(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton(
            CommentMetrics.MeterName, (provider, name) => provider.GetRequiredService<IMeterFactory>().Create((string)name!));
        services.TryAddSingleton<CommentMetrics>();
        services.TryAddSingleton<LiveVideoLog>();
        return services;
    }

    /// <summary>Adds the bounds of live videos. They follow from <see cref="LimitsOptions"/>, and a store may set more of them.</summary>
    internal static IServiceCollection AddLiveVideoOptions(this IServiceCollection services)
    {
        services.AddOptionsSection<LimitsOptions>("Limits");
        services.AddOptions<LiveVideoOptions>().Configure<LimitsOptions>((options, limits) =>
            (options.MaxWaitingPosts, options.MaxWaitingPostsPerVideo) = (limits.MaxWaitingPosts, limits.MaxWaitingPostsPerVideo));
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<LiveVideoOptions>>().Value);
        return services;
    }
}
