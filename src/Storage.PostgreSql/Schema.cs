using Npgsql;

namespace LiveComments.Storage.PostgreSql;

/// <summary>The tables, and the steps from each version of them to the next.</summary>
internal static class Schema
{
    // Step n leads from version n to version n + 1. Steps that were ever released are never changed, only followed. {0} is the schema.
    private static readonly string[] Steps =
    [
        // A log ends where its row in logs says, so that who moves that row is fenced from others. Its rows are written again and again:
        // half of each page is left free for that. Names are compared by their bytes, and in every database alike.
        //
        // An entry is a comment; or a comment that was erased (erased_for is the removal that it was erased for); or a removal, of ids (8
        // bytes each, big endian) or of those of an author (NULL = everybody) in a range. Marks are those of AuthorIdentity.
        //
        // The entries of videos are in parts by the time in their ids: a part goes as a whole. Those of other logs have no age.
        """
        CREATE TABLE {0}.logs (
            video text COLLATE "C" PRIMARY KEY,
            last bigint NOT NULL,
            last_removal bigint NOT NULL DEFAULT 0,
            expired bigint NOT NULL DEFAULT 0
        ) WITH (fillfactor = 50);
        CREATE TABLE {0}.entries (
            video text COLLATE "C" NOT NULL,
            id bigint NOT NULL,
            author text,
            message text,
            key bytea,
            author_id bigint,
            marks smallint,
            erased_for bigint,
            removed_ids bytea,
            removed_author bigint,
            removed_from bigint,
            removed_to bigint,
            PRIMARY KEY (video, id)
        ) PARTITION BY RANGE (id);
        CREATE INDEX entries_removals ON {0}.entries (video, id) WHERE message IS NULL AND erased_for IS NULL;
        CREATE TABLE {0}.entries_other PARTITION OF {0}.entries DEFAULT;
        CREATE TABLE {0}.decisions (LIKE {0}.entries INCLUDING ALL);
        CREATE TABLE {0}.parts (
            name text PRIMARY KEY,
            begins bigint NOT NULL,
            ends bigint NOT NULL
        );
        """,
        // The comment that a comment answers. Nothing is written anew for it.
        """
        ALTER TABLE {0}.entries ADD COLUMN reply_to bigint;
        ALTER TABLE {0}.decisions ADD COLUMN reply_to bigint;
        """,
    ];

    /// <summary>
    /// Brings the tables up to the version that this program knows, in one transaction. Of several that start at once one does it, and the
    /// others wait.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">A newer version made them.</exception>
    public static async Task UpgradeAsync(Database database, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var schema = database.Schema;
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await connection.LockAsync(schema, cancellation).ConfigureAwait(false);
        // To make it needs a right that whoever was given a schema may lack.
        if (!await connection.AskAsync<bool>($"SELECT to_regnamespace('{schema}') IS NOT NULL", cancellation).ConfigureAwait(false))
            await connection.RunAsync($"CREATE SCHEMA {schema}", cancellation).ConfigureAwait(false);
        if (!await connection.AskAsync<bool>($"SELECT to_regclass('{schema}.version') IS NOT NULL", cancellation).ConfigureAwait(false))
            await connection.RunAsync(
                $"CREATE TABLE {schema}.version (version integer NOT NULL); INSERT INTO {schema}.version VALUES (0)",
                cancellation).ConfigureAwait(false);
        var version = await connection.AskAsync<int>($"SELECT version FROM {schema}.version", cancellation).ConfigureAwait(false);
        if (version > Steps.Length)
            throw new CommentsUnavailableException(
                $"The schema {schema} of the database {database.Name} has version {version}, made by a newer LiveComments; this one knows "
                + $"version {Steps.Length}. Run the newer one, or set Storage:Schema to another name.");

        foreach (var step in Steps.Skip(version))
            await connection.RunAsync(step.Replace("{0}", schema, StringComparison.Ordinal), cancellation).ConfigureAwait(false);
        if (version < Steps.Length)
            await connection.RunAsync($"UPDATE {schema}.version SET version = {Steps.Length}", cancellation).ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }
}
