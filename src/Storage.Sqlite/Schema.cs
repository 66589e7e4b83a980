using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>The tables, and the steps from each version of them to the next.</summary>
internal static class Schema
{
    // Step n leads from version n to version n + 1. Steps that were ever released are never changed, only followed.
    private static readonly string[] Steps =
    [
        // Clustered by video and id: a page of history is one range, the end of a log one seek.
        """
        CREATE TABLE comments (
            video TEXT NOT NULL,
            id INTEGER NOT NULL,
            author TEXT NOT NULL,
            message TEXT NOT NULL,
            key BLOB,
            PRIMARY KEY (video, id)
        ) WITHOUT ROWID
        """,
    ];

    /// <summary>Brings the database up to the version that this program knows.</summary>
    /// <exception cref="CommentsUnavailableException">A newer version made it.</exception>
    public static void Upgrade(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > Steps.Length)
            throw new CommentsUnavailableException(
                $"The database {connection.DataSource} has schema version {version}, made by a newer LiveComments; this one "
                + $"knows version {Steps.Length}. Run the newer one, or set Storage:Path to another file.");

        if (version == Steps.Length) return;
        foreach (var step in Steps.Skip((int)version))
        {
            command.CommandText = step;
            command.ExecuteNonQuery();
        }

        command.CommandText = $"PRAGMA user_version = {Steps.Length}";
        command.ExecuteNonQuery();
        transaction.Commit();
    }
}
