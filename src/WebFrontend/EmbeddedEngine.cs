using LiveComments.Storage.DynamoDb;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend;

/// <summary>Makes the node the owner of its videos: of all, or behind a load balancer of those that it is asked for.</summary>
internal static class EmbeddedEngine
{
    /// <summary>Adds the engine, and the store that the settings name.</summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetSection("DynamoDb").Exists()) services.AddDynamoDb();
        else services.AddSqlite();
        return services.AddSingleton<ILiveVideos, InProcessLiveVideos>();
    }

    /// <summary>A database file of the node's own.</summary>
    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSettings<SqliteOptions>("Storage");
        services.AddSingleton<ICommentStore, SqliteCommentStore>();
        services.AddSingleton(Bounds);
    }

    /// <summary>A table that many nodes share.</summary>
    private static void AddDynamoDb(this IServiceCollection services)
    {
        services.AddSettings<DynamoDbOptions>("DynamoDb");
        services.AddDynamoDbCommentStore();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<DynamoDbOptions>();
            return Bounds(provider) with
            {
                MaxAppend = DynamoDbCommentStore.MaxEntries,
                AppendInterval = TimeSpan.FromMilliseconds(settings.AppendIntervalMs),
                CheckOwnerEvery = settings.OwnerCheckSeconds > 0 ? TimeSpan.FromSeconds(settings.OwnerCheckSeconds) : null,
            };
        });
    }

    private static LiveVideoOptions Bounds(IServiceProvider provider)
    {
        var limits = provider.GetRequiredService<LimitsOptions>();
        return new() { MaxWaitingPosts = limits.MaxWaitingPosts, MaxWaitingPostsPerVideo = limits.MaxWaitingPostsPerVideo };
    }
}
