using Npgsql;
using static LiveComments.Storage.PostgreSql.ConnectionExtensions;

namespace LiveComments.Storage.PostgreSql;

/// <summary>Reads logs. Each read is one statement, and so sees one state of the log.</summary>
internal sealed class LogReader(Database database)
{
    private const string Removed = "removed_ids, removed_author, removed_from, removed_to";

    /// <summary>Reads comments below an id, newest first, and the removals among them.</summary>
    public Task<LogStretch> ReadBeforeAsync(LiveVideoId log, CommentId before, int limit)
    {
        var table = database.EntriesOf(log);
        // In the first row are the ends, then come the comments, then the removals.
        return database.ReadAsync(
            $"""
            WITH ends AS MATERIALIZED (
                SELECT last, last_removal FROM {database.Logs} WHERE video = $1
            ), page AS MATERIALIZED (
                SELECT id, author, message, author_id, marks, reply_to FROM {table}
                WHERE video = $1 AND id < $2 AND message IS NOT NULL ORDER BY id DESC LIMIT $3
            ), removals AS MATERIALIZED (
                SELECT id, {Removed} FROM {table}
                WHERE video = $1 AND id < $2 AND message IS NULL AND erased_for IS NULL AND (SELECT last_removal FROM ends) > 0
                    AND id >= (SELECT CASE WHEN count(*) < $3 THEN 0 ELSE min(id) END FROM page)
                ORDER BY id DESC LIMIT {LogStretch.MostRemovals + 1}
            )
            SELECT 0 AS kind, last AS id, NULL, NULL, last_removal, NULL::smallint, NULL::bigint,
                NULL::bytea, NULL::bigint, NULL::bigint, NULL::bigint FROM ends
            UNION ALL SELECT 1, id, author, message, author_id, marks, reply_to, NULL, NULL, NULL, NULL FROM page
            UNION ALL SELECT 2, id, NULL, NULL, NULL, NULL, NULL, {Removed} FROM removals
            ORDER BY kind, id DESC
            """,
            async rows =>
            {
                var (last, lastRemoval) = (CommentId.None, CommentId.None);
                var (comments, removals) = (new List<Comment>(), new List<Removal>());
                while (await rows.ReadAsync().ConfigureAwait(false))
                {
                    switch (rows.GetInt32(0))
                    {
                        case 0:
                            (last, lastRemoval) = (new(rows.GetInt64(1)), new(rows.GetInt64(4)));
                            break;
                        case 1:
                            comments.Add(CommentOf(rows, 1, log));
                            break;
                        default:
                            removals.Add(RemovalOf(rows, 1, 7));
                            break;
                    }
                }

                return LogStretch.Of(comments, limit, removals, last, lastRemoval);
            },
            Value(log), Value(before), Value((long)limit));
    }

    /// <summary>Finds the entry of an id.</summary>
    public Task<FoundEntry> FindAsync(LiveVideoId log, CommentId id) => database.ReadAsync(
        $"""
        SELECT id, author, message, author_id, marks, reply_to, erased_for, {Removed} FROM {database.EntriesOf(log)}
        WHERE video = $1 AND id = $2
        """,
        async rows =>
        {
            if (!await rows.ReadAsync().ConfigureAwait(false)) return default;
            if (!rows.IsDBNull(6)) return new(RemovedBy: new(rows.GetInt64(6)));
            return rows.IsDBNull(2) ? new(Removal: RemovalOf(rows, 0, 7)) : new FoundEntry(CommentOf(rows, 0, log));
        },
        Value(log), Value(id));

    /// <summary>Finds the comments of an author, or of everybody, from one id to another.</summary>
    public Task<AuthorsComments> FindByAuthorAsync(LiveVideoId log, AuthorId? author, CommentId from, CommentId to) => database.ReadAsync(
        $"""
        SELECT id, marks FROM {database.EntriesOf(log)}
        WHERE video = $1 AND id >= $2 AND id <= $3 AND message IS NOT NULL {(author is null ? "" : "AND author_id = $4")} ORDER BY id
        """,
        async rows =>
        {
            var (ids, isAddress) = (new List<CommentId>(), false);
            while (await rows.ReadAsync().ConfigureAwait(false))
            {
                ids.Add(new(rows.GetInt64(0)));
                isAddress = author is not null && AuthorIdentity.FromStore(0, (byte)rows.GetInt16(1)).IsAddress;
            }

            return new AuthorsComments(ids, isAddress);
        },
        author is { } known ? [Value(log), Value(from), Value(to), Value(known.Value)] : [Value(log), Value(from), Value(to)]);

    /// <summary>Reads where a log ends, and its keys from an id on.</summary>
    public Task<LogTail> ReadTailAsync(LiveVideoId log, CommentId keysFrom) => database.ReadAsync(
        $"""
        SELECT logs.last, logs.last_removal, keyed.key, keyed.id FROM {database.Logs} AS logs
        LEFT JOIN {database.EntriesOf(log)} AS keyed ON keyed.video = $1 AND keyed.id >= $2 AND keyed.key IS NOT NULL
        WHERE logs.video = $1 ORDER BY keyed.id
        """,
        async rows =>
        {
            var (last, lastRemoval) = (CommentId.None, CommentId.None);
            var keys = new List<KeyValuePair<IdempotencyKey, CommentId>>();
            while (await rows.ReadAsync().ConfigureAwait(false))
            {
                (last, lastRemoval) = (new(rows.GetInt64(0)), new(rows.GetInt64(1)));
                if (!rows.IsDBNull(2)) keys.Add(new(IdempotencyKey.FromBytes(rows.GetFieldValue<byte[]>(2)), new(rows.GetInt64(3))));
            }

            return new LogTail(last, keys, lastRemoval);
        },
        Value(log), Value(keysFrom));

    /// <summary>Whether comments of a video were removed because of their age.</summary>
    public Task<bool> HasExpiredAsync(LiveVideoId log) => database.ReadAsync(
        $"SELECT 1 FROM {database.Logs} WHERE video = $1 AND expired > 0", rows => rows.ReadAsync(), Value(log));

    private static Comment CommentOf(NpgsqlDataReader row, int id, LiveVideoId log) =>
        new(new(row.GetInt64(id)), log, row.GetString(id + 1), row.GetString(id + 2))
        {
            Identity = row.IsDBNull(id + 3) ? null : AuthorIdentity.FromStore(row.GetInt64(id + 3), (byte)row.GetInt16(id + 4)),
            ReplyTo = row.IsDBNull(id + 5) ? null : new CommentId(row.GetInt64(id + 5)),
        };

    private static Removal RemovalOf(NpgsqlDataReader row, int id, int removed) => new(
        new(row.GetInt64(id)),
        row.IsDBNull(removed)
            ? new(
                AuthorId: row.IsDBNull(removed + 1) ? null : new AuthorId(row.GetInt64(removed + 1)),
                From: new(row.GetInt64(removed + 2)),
                To: new(row.GetInt64(removed + 3)))
            : new(Ids: CommentIds.FromBytes(row.GetFieldValue<byte[]>(removed))));
}
