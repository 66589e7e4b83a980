using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Audit;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Held;
using LiveComments.WebFrontend.Identity;
using LiveComments.WebFrontend.Pages;
using LiveComments.WebFrontend.Review;
using LiveComments.WebFrontend.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveComments.WebFrontend;

/// <summary>Adds LiveComments to any ASP.NET Core program. Nothing that the program has is changed.</summary>
public static class LiveCommentsServices
{
    private const int NamesReadBack = 1_000;

    /// <summary>
    /// Adds the services of the API and of the streams. The program brings an <see cref="ILiveVideos"/>: with
    /// <see cref="AddInProcessLiveVideos"/> and a store, for example.
    /// </summary>
    public static LiveCommentsBuilder AddLiveComments(this IServiceCollection services)
    {
        services.AddOptionsSection<LimitsOptions>("Limits");
        services.AddOptionsSection<HttpOptions>("Http");
        services.AddOptionsSection<VideosOptions>("Videos");
        services.AddOptionsSection<PagesOptions>("Pages");
        services.AddOptionsSection<ModerationOptions>("Moderation", ReviewServices.Sections);
        services.AddReview();

        services.AddLiveCommentsCore();
        services.AddIdentity();
        services.AddAudit();
        services.TryAddSingleton<ILiveVideoReader>(provider => provider.GetRequiredService<ILiveVideos>());
        services.TryAddSingleton<IPostHandler, PostHandler>();
        services.TryAddSingleton<IGuestHandler, GuestHandler>();
        services.TryAddSingleton<IModeratorReader, ModeratorReader>();
        services.TryAddSingleton<IRemovalHandler, RemovalHandler>();
        services.TryAddSingleton<IBanHandler, BanHandler>();
        services.TryAddSingleton<IErasureHandler, ErasureHandler>();
        services.TryAddSingleton<ISettingsHandler, SettingsHandler>();
        services.TryAddSingleton<PinHandler>();
        services.TryAddSingleton<IPinHandler>(provider => provider.GetRequiredService<PinHandler>());
        services.TryAddSingleton<HeldDecisions>();
        services.TryAddSingleton<HoldQueue>();
        services.TryAddSingleton<HeldExpiry>();
        services.TryAddSingleton<IHeldHandler, HeldHandler>();
        services.TryAddSingleton<IAuditHandler, AuditHandler>();
        services.TryAddSingleton<VideoAccess>();
        services.TryAddSingleton(provider => new PublicView(
            provider.GetRequiredService<ILiveVideoReader>(),
            provider.GetService<ILiveVideos>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<StreamMetrics>();
        services.TryAddSingleton<FeedLog>();
        services.TryAddSingleton<RemovalReceipts>();
        services.TryAddSingleton<INodeReceipts>(provider => provider.GetRequiredService<RemovalReceipts>());
        services.TryAddSingleton<InProcessReceipts>();
        services.TryAddSingleton<IReceipts>(provider => provider.GetRequiredService<InProcessReceipts>());
        services.TryAddSingleton(provider => new VideoHubs(
            provider.GetRequiredService<ILiveVideoReader>(),
            provider.GetRequiredService<StreamingOptions>(),
            provider.GetRequiredService<LimitsOptions>().MaxWatchedVideos,
            provider.GetRequiredService<NodePace>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<FeedLog>(),
            provider.GetRequiredService<StreamMetrics>(),
            provider.GetRequiredService<RemovalReceipts>()));
        services.TryAddSingleton(provider => new ViewerRegistry(
            provider.GetRequiredService<LimitsOptions>().MaxViewers,
            provider.GetRequiredService<StreamingOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<StreamMetrics>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ViewerShutdown>());
        services.TryAddSingleton<PostRateLimit>();
        services.TryAddSingleton<KnownClients>();
        services.TryAddSingleton<ReadRateLimit>();
        services.TryAddSingleton<StreamsPerAddress>();
        services.TryAddSingleton<StreamAdmission>();
        services.TryAddSingleton<AllowedOrigins>();
        services.TryAddSingleton(_ => new RetryHints(Random.Shared));
        return new(services);
    }

    /// <summary>Hosts the live videos in this process. The program brings the <see cref="ICommentStore"/>.</summary>
    public static LiveCommentsBuilder AddInProcessLiveVideos(this LiveCommentsBuilder builder)
    {
        builder.Services.AddLiveVideoOptions();
        builder.Services.AddSiteDecisions();
        builder.Services.TryAddSingleton<ILiveVideos>(provider =>
            ActivatorUtilities.CreateInstance<InProcessLiveVideos>(provider, provider.GetRequiredService<CommentClock>()));
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
        services.AddOptionsSection<StreamingOptions>("Streaming");
        services.TryAddSingleton<ProcessorLoad>();
        services.TryAddSingleton(provider => new NodePace(
            provider.GetRequiredService<StreamingOptions>().Pace, () => provider.GetRequiredService<ProcessorLoad>().Current));
        services.TryAddSingleton(provider => new CommentClock(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<CommentClock>>()));
        return services;
    }

    /// <summary>Adds the bans and the erasures on all videos, as whoever owns videos needs them.</summary>
    internal static IServiceCollection AddSiteDecisions(this IServiceCollection services)
    {
        services.TryAddSingleton<SiteBans>();
        services.TryAddSingleton<ISiteBans>(provider => provider.GetRequiredService<SiteBans>());
        services.TryAddSingleton<SiteErasures>();
        services.TryAddSingleton<IErasures>(provider => provider.GetRequiredService<SiteErasures>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ErasureStart>());
        return services;
    }

    /// <summary>Adds the bounds of live videos. They follow from <see cref="LimitsOptions"/>, and a store may set more of them.</summary>
    internal static IServiceCollection AddLiveVideoOptions(this IServiceCollection services)
    {
        services.AddOptionsSection<LimitsOptions>("Limits");
        services.AddOptionsSection<VideosOptions>("Videos");
        services.AddOptions<LiveVideoOptions>()
            .Configure<VideosOptions>((options, videos) => options.EndAfterIdle = TimeSpan.FromHours(videos.EndAfterIdleHours));
        services.AddOptions<LiveVideoOptions>().Configure<LimitsOptions>((options, limits) =>
            (options.MaxWaitingPosts, options.MaxWaitingPostsPerVideo, options.PostsPerSecondPerVideo, options.PostsPerSecondPerPerson) =
                (limits.MaxWaitingPosts, limits.MaxWaitingPostsPerVideo, limits.PostsPerSecondPerVideo, limits.PostsPerSecondPerPerson));
        services.AddIdentity();
        // Where no issuer speaks for names, none is anybody's.
        services.AddOptions<LiveVideoOptions>().Configure<AuthOptions>((options, auth) =>
            options.NamesReadBack = auth.Issuers.Count > 0 ? NamesReadBack : 0);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<LiveVideoOptions>>().Value);
        return services;
    }
}
