using System.Globalization;
using Npgsql;

namespace LiveComments.Storage.PostgreSql;

/// <summary>
/// The parts of the table of entries: each has those of a stretch of time, by their ids, and begins where the one before it ends. What is
/// too old goes with its part: that costs no more than to delete a file, where a million rows cost a million deletions. A part is
/// about a tenth of the time that comments are kept.
/// </summary>
internal sealed class TableParts(Database database, int retentionDays)
{
    private const int MostDays = 30;
    private const int PartsKept = 10;

    // A row that says where a log ends is held until its statement is done, and appends to that log wait.
    private const int MostLogsAtOnce = 500;

    // Whoever reads the whole table holds up a change of its parts; those who come after wait behind it. So it gives up soon, and comes
    // again.
    private const string BriefLock = "SET LOCAL lock_timeout = '300ms'";

    /// <summary>How much time a part has.</summary>
    public TimeSpan Width { get; } =
        TimeSpan.FromDays(retentionDays == 0 ? MostDays : Math.Clamp(retentionDays / PartsKept, 1, MostDays));

    /// <summary>Makes the part that is needed now and the next one, if they are missing.</summary>
    public async Task MakeAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await connection.LockAsync(database.Schema, cancellation).ConfigureAwait(false);
        var (schema, needed) = (database.Schema, CommentId.At(now + Width).Value);
        while (await connection.AskAsync<long>($"SELECT coalesce(max(ends), 0) FROM {schema}.parts", cancellation).ConfigureAwait(false)
            is var begins && begins <= needed)
        {
            // A part that begins long ago takes all that has come since.
            var start = Math.Max(begins, CommentId.At(new(now.UtcDateTime.Date, TimeSpan.Zero)).Value);
            var ends = CommentId.At(new CommentId(start).CreatedAt + Width);
            var name = $"entries_to_{ends.CreatedAt.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}_{ends.Value:x}";
            await connection.RunAsync(
                $"""
                {BriefLock};
                CREATE TABLE {schema}.{name} (LIKE {database.Entries} INCLUDING ALL);
                WITH early AS (
                    DELETE FROM {schema}.entries_other WHERE id >= {begins} AND id < {ends.Value} RETURNING *
                ) INSERT INTO {schema}.{name} SELECT * FROM early;
                ALTER TABLE {database.Entries} ATTACH PARTITION {schema}.{name} FOR VALUES FROM ({begins}) TO ({ends.Value});
                INSERT INTO {schema}.parts VALUES ('{name}', {begins}, {ends.Value});
                """,
                cancellation).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes the parts whose entries are all older than <paramref name="before"/>.</summary>
    public async Task RemoveAsync(NpgsqlConnection connection, CommentId before, CancellationToken cancellation)
    {
        while (await FindOldAsync(connection, before, cancellation).ConfigureAwait(false) is { } name)
        {
            await NoteAsync(connection, name, cancellation).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            await connection.LockAsync(database.Schema, cancellation).ConfigureAwait(false);
            await connection.RunAsync(
                $"""
                {BriefLock};
                DROP TABLE IF EXISTS {database.Schema}.{name};
                DELETE FROM {database.Schema}.parts WHERE name = '{name}';
                """,
                cancellation).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Notes of which logs comments go: who finds their end then is told so.</summary>
    private async Task NoteAsync(NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        try
        {
            for (string? last = ""; last is not null;)
            {
                await using var note = new NpgsqlCommand(
                    $"""
                    WITH old AS MATERIALIZED (
                        SELECT video, max(id) AS last FROM {database.Schema}.{name} WHERE video > $1
                        GROUP BY video ORDER BY video LIMIT {MostLogsAtOnce}
                    ), noted AS (
                        UPDATE {database.Logs} AS logs SET expired = greatest(logs.expired, old.last) FROM old WHERE logs.video = old.video
                    )
                    SELECT max(video) FROM old
                    """,
                    connection);
                note.CommandTimeout = 0;
                note.Parameters.Add(ConnectionExtensions.Value(last));
                last = await note.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as string;
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Another node was faster.
        }
    }

    private async Task<string?> FindOldAsync(NpgsqlConnection connection, CommentId before, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT name FROM {database.Schema}.parts WHERE ends <= {before.Value} ORDER BY ends LIMIT 1", connection);
        return (string?)await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }
}
