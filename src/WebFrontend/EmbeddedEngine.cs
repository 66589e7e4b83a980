using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.WebFrontend;

/// <summary>Makes the node the owner of its videos, whose logs are in a database of its own.</summary>
internal static class EmbeddedEngine
{
    /// <summary>Adds the engine and its store.</summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services)
    {
        services.AddSettings<SqliteStorageSettings>("Storage");
        services.AddSingleton<ICommentStore, SqliteCommentStore>();
        services.AddSingleton(provider =>
            new LiveVideoOptions { MaxWaitingPosts = provider.GetRequiredService<LimitsSettings>().MaxWaitingPosts });
        services.AddSingleton<ILiveVideos, EmbeddedLiveVideos>();
        return services;
    }
}
