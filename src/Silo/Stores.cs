using LiveComments.Silo.Cluster;
using LiveComments.Storage.DynamoDb;
using LiveComments.Storage.PostgreSql;
using LiveComments.Storage.Sqlite;
using LiveComments.WebFrontend.Settings;

namespace LiveComments.Silo;

/// <summary>The store that the setting <c>Storage:Provider</c> names; each may be used by every role that owns videos.</summary>
internal static class Stores
{
    // How soon a node sees what another process has written to a file that they share.
    private static readonly TimeSpan SharedFileCheck = TimeSpan.FromSeconds(1);

    private const int OwnerCheckSeconds = 3;
    private const string Setting = "Storage:Provider";
    private const string Retention = "Storage:RetentionDays";

    /// <summary>The name of the store.</summary>
    public static string ReadStore(this IConfiguration configuration) => configuration[Setting] ?? "sqlite";

    /// <summary>Adds the store.</summary>
    /// <exception cref="SettingsException">There is no such store, or it cannot be used by this role.</exception>
    public static void AddStore(this WebApplicationBuilder builder, Role role)
    {
        var store = builder.Configuration.ReadStore();
        if (store is not ("sqlite" or "postgresql") && builder.Configuration[Retention] is not null) throw new SettingsException(
            $"Setting {Retention}: the store {store} removes no comments. Use sqlite or postgresql, or remove the setting.");
        switch (store)
        {
            case "sqlite":
                builder.Services.AddOptionsSection<SqliteOptions>("Storage", "Provider");
                builder.Services.AddSqliteStore();
                // The nodes of a cluster on one machine have one log.
                builder.Services.PostConfigure<SqliteOptions>(options => options.Shared ??= role.IsInCluster());
                builder.Services.AddOptions<LiveVideoOptions>().Configure<SqliteOptions>((options, sqlite) =>
                {
                    if (sqlite.Shared == true && !role.IsInCluster()) options.CheckOwnerEvery = SharedFileCheck;
                });
                break;
            case "postgresql":
                builder.Services.AddOptionsSection<PostgreSqlOptions>("Storage", "Provider");
                builder.Services.AddPostgreSqlStore();
                // In a cluster a video has one owner, but for moments. Nodes without one may each own a video that is watched at both.
                builder.Services.PostConfigure<PostgreSqlOptions>(options =>
                    options.OwnerCheckSeconds ??= role.IsInCluster() ? 0 : OwnerCheckSeconds);
                break;
            case "dynamodb":
                builder.Services.AddOptionsSection<StoreOptions>("Storage");
                builder.Services.AddOptionsSection<DynamoDbOptions>("DynamoDb");
                builder.Services.AddDynamoDbStore();
                break;
            case "orleans" when role.IsInCluster():
                builder.AddGrainStorageStore();
                break;
            case "orleans":
                throw new SettingsException(
                    $"Setting {Setting}: the store orleans needs a cluster. Set Role=node or Role=silo, or use another store.");
            case var other:
                throw new SettingsException(
                    $"Setting {Setting}: \"{other}\" is not a store. Use sqlite, postgresql, dynamodb or orleans. "
                    + "The name of a grain storage is Storage:GrainStorage.");
        }
    }

    /// <summary>Opens the store, so that one that cannot be used stops the start.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be opened.</exception>
    public static async Task OpenStoreAsync(this WebApplication app)
    {
        app.Services.GetService<ICommentStore>();
        if (app.Services.GetService<TablePreparation>() is { } table) await table.PrepareAsync();
        if (app.Services.GetService<PostgreSqlCommentStore>() is { } store) await store.PrepareAsync();
    }

    /// <summary>The section <c>Storage</c> of a store whose settings are elsewhere.</summary>
    private sealed class StoreOptions
    {
        public string? Provider { get; set; }
    }
}
