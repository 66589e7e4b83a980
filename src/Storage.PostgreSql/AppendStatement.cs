using Npgsql;
using NpgsqlTypes;

namespace LiveComments.Storage.PostgreSql;

/// <summary>
/// One statement that appends to many logs. Of each log it moves the end if that is where it is expected, and inserts the entries of those
/// that it has moved: that is the fence. Of two that move one end, the second waits for the first, then finds it elsewhere, and
/// nothing of that log is written; the other logs are not touched by it.
/// </summary>
internal static class AppendStatement
{
    /// <summary>Its text; it gives the logs that were appended to.</summary>
    public static string SqlFor(Database database, string entries) =>
        $"""
        WITH wanted AS (
            SELECT * FROM unnest($1, $2, $3, $4) AS wanted (video, expected, last, last_removal)
        ), moved AS (
            UPDATE {database.Logs} AS logs
            SET last = wanted.last, last_removal = greatest(logs.last_removal, wanted.last_removal)
            FROM wanted WHERE logs.video = wanted.video AND logs.last = wanted.expected
            RETURNING logs.video
        ), begun AS (
            INSERT INTO {database.Logs} (video, last, last_removal)
            SELECT video, last, last_removal FROM wanted WHERE expected = 0
            ON CONFLICT DO NOTHING
            RETURNING video
        ), fenced AS (
            SELECT video FROM moved UNION ALL SELECT video FROM begun
        ), added AS (
            INSERT INTO {entries} (
                video, id, author, message, key, author_id, marks, removed_ids, removed_author, removed_from, removed_to,
                reply_to)
            SELECT entry.* FROM unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) AS entry (
                video, id, author, message, key, author_id, marks, removed_ids, removed_author, removed_from, removed_to,
                reply_to)
            JOIN fenced ON fenced.video = entry.video
        )
        SELECT video FROM fenced
        """;

    /// <summary>Makes it of appends, of which no two are of one log.</summary>
    public static NpgsqlBatchCommand Of(string sql, IReadOnlyList<WaitingAppend> appends)
    {
        // In one order at every node, so that two never wait for each other.
        var logs = appends.OrderBy(append => append.Log.ToString(), StringComparer.Ordinal).ToList();
        var entries = logs.SelectMany(append => append.Entries.Select(entry => (append.Log, Entry: entry))).ToList();
        var command = new NpgsqlBatchCommand(sql);
        Add(NpgsqlDbType.Text, logs, append => append.Log.ToString());
        Add(NpgsqlDbType.Bigint, logs, append => append.ExpectedLast.Value);
        Add(NpgsqlDbType.Bigint, logs, append => append.Entries[^1].Id.Value);
        Add(NpgsqlDbType.Bigint, logs, append => append.Entries.LastOrDefault(entry => entry.Removal is not null).Id.Value);
        Add(NpgsqlDbType.Text, entries, row => row.Log.ToString());
        Add(NpgsqlDbType.Bigint, entries, row => row.Entry.Id.Value);
        Add(NpgsqlDbType.Text, entries, row => row.Entry.Comment?.Author);
        Add(NpgsqlDbType.Text, entries, row => row.Entry.Comment?.Message);
        Add(NpgsqlDbType.Bytea, entries, row => row.Entry.Key?.ToBytes());
        Add(NpgsqlDbType.Bigint, entries, row => row.Entry.Comment?.Identity?.Id.Value);
        Add(NpgsqlDbType.Smallint, entries, row => (short?)row.Entry.Comment?.Identity?.Marks);
        Add(NpgsqlDbType.Bytea, entries, row => row.Entry.Removal?.Removed.Ids is { } ids ? CommentIds.ToBytes(ids) : null);
        Add(NpgsqlDbType.Bigint, entries, row => row.Entry.Removal?.Removed.AuthorId?.Value);
        Add(NpgsqlDbType.Bigint, entries, row => row.Entry.Removal?.Removed.From?.Value);
        Add(NpgsqlDbType.Bigint, entries, row => row.Entry.Removal?.Removed.To?.Value);
        Add(NpgsqlDbType.Bigint, entries, row => row.Entry.Comment?.ReplyTo?.Value);
        return command;

        void Add<TRow, T>(NpgsqlDbType type, List<TRow> rows, Func<TRow, T> column)
        {
            var values = new T[rows.Count];
            for (var i = 0; i < values.Length; i++) values[i] = column(rows[i]);
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        }
    }
}
