using LiveComments.Storage.DynamoDb;
using LiveComments.Storage.Sqlite;
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
        return services.AddSingleton<ILiveVideos, EmbeddedLiveVideos>();
    }

    /// <summary>A database file of the node's own.</summary>
    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSettings<SqliteStorageSettings>("Storage");
        services.AddSingleton<ICommentStore, SqliteCommentStore>();
        services.AddSingleton(provider => new LiveVideoOptions { MaxWaitingPosts = MaxWaitingPosts(provider) });
    }

    /// <summary>A table that many nodes share.</summary>
    private static void AddDynamoDb(this IServiceCollection services)
    {
        services.AddSettings<DynamoDbSettings>("DynamoDb");
        services.AddDynamoDbCommentStore();
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<DynamoDbSettings>();
            return new LiveVideoOptions
            {
                MaxWaitingPosts = MaxWaitingPosts(provider),
                MaxAppend = DynamoDbCommentStore.MaxEntries,
                AppendInterval = TimeSpan.FromMilliseconds(settings.AppendIntervalMs),
                CheckOwnerEvery = settings.OwnerCheckSeconds > 0 ? TimeSpan.FromSeconds(settings.OwnerCheckSeconds) : null,
            };
        });
    }

    private static int MaxWaitingPosts(IServiceProvider provider) => provider.GetRequiredService<LimitsSettings>().MaxWaitingPosts;
}
