using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>The tables, and the steps from each version of them to the next.</summary>
internal static class Schema
{
    /// <summary>The id of the last entry of <c>$video</c>, erased and expired ones included; 0 if it never had one.</summary>
    public const string LastOfVideo =
        "max(coalesce((SELECT max(id) FROM comments WHERE video = $video), 0), "
        + "coalesce((SELECT max(id) FROM removals WHERE video = $video), 0), "
        + "coalesce((SELECT max(id) FROM erased WHERE video = $video), 0), "
        + "coalesce((SELECT last FROM expired WHERE video = $video), 0))";

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
        // The last comment of each video that was removed because of its age.
        """
        CREATE TABLE expired (
            video TEXT NOT NULL PRIMARY KEY,
            last INTEGER NOT NULL
        ) WITHOUT ROWID
        """,
        // What is known of the author: AuthorIdentity says what the marks are. Rows that are there stay as they are.
        """
        ALTER TABLE comments ADD COLUMN author_id INTEGER;
        ALTER TABLE comments ADD COLUMN marks INTEGER
        """,
        // Entries that take comments back: either ids (8 bytes each, big endian), or those of an author (NULL = everybody) in a range. And
        // what is left of comments that were erased.
        """
        CREATE TABLE removals (
            video TEXT NOT NULL,
            id INTEGER NOT NULL,
            ids BLOB,
            author_id INTEGER,
            first INTEGER,
            last INTEGER,
            PRIMARY KEY (video, id)
        ) WITHOUT ROWID;
        CREATE TABLE erased (
            video TEXT NOT NULL,
            id INTEGER NOT NULL,
            key BLOB,
            author_id INTEGER,
            is_address INTEGER NOT NULL,
            removal INTEGER NOT NULL,
            PRIMARY KEY (video, id)
        ) WITHOUT ROWID
        """,
        // The comment that it answers. Rows that are there stay as they are.
        "ALTER TABLE comments ADD COLUMN reply_to INTEGER",
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
