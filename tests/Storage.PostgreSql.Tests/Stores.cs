using LiveComments.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Storage.PostgreSql.Tests;

internal static class Stores
{
    /// <summary>A name of a schema that no other test has.</summary>
    public static string NewSchema() => $"s{Guid.NewGuid():N}";

    /// <summary>Opens a store as a node does at its start.</summary>
    public static async Task<PostgreSqlCommentStore> OpenAsync(
        this PostgresServer server,
        string schema,
        int retentionDays = 0,
        TimeProvider? time = null,
        ILogger<PostgreSqlCommentStore>? logger = null,
        bool prepares = true)
    {
        var settings = new PostgreSqlOptions
        {
            ConnectionString = server.AdministratorConnectionString,
            Schema = schema,
            RetentionDays = retentionDays,
            TimeoutSeconds = 30,
            PrepareStatements = prepares,
        };
        var store = new PostgreSqlCommentStore(settings, logger ?? NullLogger<PostgreSqlCommentStore>.Instance, time);
        try
        {
            await store.PrepareAsync().InTime();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
