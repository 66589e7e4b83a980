using LiveComments.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the store to a program.</summary>
public static class SqliteServices
{
    /// <summary>Keeps the logs in an SQLite database file, <see cref="SqliteOptions.Path"/>.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, Action<SqliteOptions>? configure = null)
    {
        var options = services.AddOptions<SqliteOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<SqliteOptions>>().Value);
        services.TryAddSingleton<DatabaseLock>();
        services.TryAddSingleton<LiveComments.ICommentStore>(provider =>
        {
            // Before the store, and given free after it.
            provider.GetRequiredService<DatabaseLock>();
            return ActivatorUtilities.CreateInstance<SqliteCommentStore>(provider);
        });
        return services;
    }
}
