using LiveComments.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the store to a program.</summary>
public static class PostgreSqlServices
{
    /// <summary>
    /// Keeps the logs in PostgreSQL. Call <see cref="PostgreSqlCommentStore.PrepareAsync"/> before the program starts to serve.
    /// </summary>
    public static IServiceCollection AddPostgreSqlStore(this IServiceCollection services, Action<PostgreSqlOptions>? configure = null)
    {
        var options = services.AddOptions<PostgreSqlOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value);
        services.AddOptions<LiveComments.LiveVideoOptions>().Configure<PostgreSqlOptions>((video, storage) =>
            video.CheckOwnerEvery = storage.OwnerCheckSeconds is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null);
        services.TryAddSingleton<PostgreSqlCommentStore>();
        services.TryAddSingleton<LiveComments.ICommentStore>(provider => provider.GetRequiredService<PostgreSqlCommentStore>());
        return services;
    }
}
