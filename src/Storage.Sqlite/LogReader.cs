using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>A connection that reads, with its prepared statements. One thread uses it at a time.</summary>
internal sealed class LogReader : IDisposable
{
    private const string SelectComments = "SELECT id, author, message, author_id, marks, reply_to FROM comments WHERE video = $video";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _readBefore;
    private readonly SqliteCommand _readLast;
    private readonly SqliteCommand _readKeys;
    private readonly SqliteCommand _readExpired;
    private readonly SqliteCommand _readErasedKeys;
    private readonly SqliteCommand _readLastRemoval;
    private readonly SqliteCommand _readRemovals;
    private readonly SqliteCommand _readComment;
    private readonly SqliteCommand _readErased;
    private readonly SqliteCommand _readByAuthor;
    private readonly SqliteCommand _findVideos;
    private readonly SqliteCommand _findErasedVideos;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _end;

    public LogReader(string connectionString)
    {
        _connection = new(connectionString);
        try
        {
            _connection.Open();
            _readBefore = _connection.Prepare(
                $"{SelectComments} AND id < $before ORDER BY id DESC LIMIT $limit",
                "$video", "$before", "$limit");
            _readLast = _connection.Prepare($"SELECT {Schema.LastOfVideo}", "$video");
            _readKeys = _connection.Prepare(
                "SELECT key, id FROM comments WHERE video = $video AND id >= $from AND id <= $last AND key IS NOT NULL ORDER BY id",
                "$video", "$from", "$last");
            _readErasedKeys = _connection.Prepare(
                "SELECT key, id FROM erased WHERE video = $video AND id >= $from AND id <= $last AND key IS NOT NULL ORDER BY id",
                "$video", "$from", "$last");
            _readLastRemoval = _connection.Prepare("SELECT coalesce(max(id), 0) FROM removals WHERE video = $video", "$video");
            _readRemovals = _connection.Prepare(
                "SELECT id, ids, author_id, first, last FROM removals WHERE video = $video AND id >= $from AND id < $before "
                + "ORDER BY id DESC LIMIT $limit",
                "$video", "$from", "$before", "$limit");
            _readComment = _connection.Prepare($"{SelectComments} AND id = $id", "$video", "$id");
            _readErased = _connection.Prepare("SELECT removal FROM erased WHERE video = $video AND id = $id", "$video", "$id");
            _readByAuthor = _connection.Prepare(
                "SELECT id, marks FROM comments WHERE video = $video AND id >= $from AND id <= $to "
                + "AND ($author IS NULL OR author_id = $author) ORDER BY id",
                "$video", "$from", "$to", "$author");
            _findVideos = PrepareFindVideos("comments");
            _findErasedVideos = PrepareFindVideos("erased");
            _begin = _connection.Prepare("BEGIN");
            _end = _connection.Prepare("COMMIT");
            _readExpired = _connection.Prepare("SELECT last FROM expired WHERE video = $video", "$video");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public LogStretch ReadBefore(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var video = liveVideoId.ToString();
        // One state of the log: an erased comment and its removal belong together.
        _begin.ExecuteNonQuery();
        var comments = new List<Comment>(Math.Min(limit, 256));
        using (var rows = Query(_readBefore, video, before.Value, limit))
        {
            while (rows.Read()) comments.Add(ReadComment(rows, liveVideoId));
        }

        var lastRemoval = AskId(_readLastRemoval, video);
        IReadOnlyList<Removal> removals = [];
        if (lastRemoval > CommentId.None)
        {
            var start = comments.Count < limit ? CommentId.None : comments[^1].Id;
            removals = ReadRemovals(video, start, before, LogStretch.MostRemovals + 1);
        }

        var asOf = AskId(_readLast, video);
        _end.ExecuteNonQuery();
        return LogStretch.Of(comments, limit, removals, asOf, lastRemoval);
    }

    public FoundEntry Find(LiveVideoId liveVideoId, CommentId id)
    {
        var video = liveVideoId.ToString();
        _begin.ExecuteNonQuery();
        FoundEntry found = default;
        using (var rows = Query(_readComment, video, id.Value))
        {
            if (rows.Read()) found = new(ReadComment(rows, liveVideoId));
        }

        if (found == default)
        {
            _readErased.Parameters[0].Value = video;
            _readErased.Parameters[1].Value = id.Value;
            found = _readErased.ExecuteScalar() is long removal
                ? new(RemovedBy: new(removal))
                : new(Removal: ReadRemovals(video, id, id.Successor, 1) is [var entry] ? entry : null);
        }

        _end.ExecuteNonQuery();
        return found;
    }

    public AuthorsComments FindByAuthor(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to)
    {
        object[] parameters = [liveVideoId.ToString(), from.Value, to.Value, author is { } id ? id.Value : DBNull.Value];
        var (ids, isAddress) = (new List<CommentId>(), false);
        using var rows = Query(_readByAuthor, parameters);
        while (rows.Read())
        {
            ids.Add(new(rows.GetInt64(0)));
            isAddress = author is not null && AuthorIdentity.FromStore(0, rows.GetByte(1)).IsAddress;
        }

        return new(ids, isAddress);
    }

    /// <summary>
    /// Looks at the comments, or at the erased ones, after a place for videos that somebody has written on: at so many of them that nobody
    /// waits for it long. Gives the place to go on after; null if there are no more.
    /// </summary>
    public (List<string> Videos, (string Video, long Id)? Next) FindVideos(
        AuthorId author, bool erased, (string Video, long Id) after, int limit)
    {
        var (videos, next, looks) = (new List<string>(), after, 0);
        using var rows = Query(erased ? _findErasedVideos : _findVideos, author.Value, after.Video, after.Id, limit);
        while (rows.Read())
        {
            var has = rows.GetBoolean(3);
            // What follows of a video that was found is passed over.
            next = (rows.GetString(0), has ? long.MaxValue : rows.GetInt64(1));
            looks += rows.GetInt32(2);
            if (has) videos.Add(next.Video);
        }

        return (videos, looks < limit ? null : next);
    }

    public LogTail ReadTail(LiveVideoId liveVideoId, CommentId keysFrom)
    {
        var video = liveVideoId.ToString();
        _begin.ExecuteNonQuery();
        var last = AskId(_readLast, video);
        var keys = new List<KeyValuePair<IdempotencyKey, CommentId>>();
        if (last > CommentId.None)
        {
            foreach (var command in (SqliteCommand[])[_readKeys, _readErasedKeys])
            {
                using var rows = Query(command, video, keysFrom.Value, last.Value);
                while (rows.Read()) keys.Add(new(IdempotencyKey.FromBytes(rows.GetFieldValue<byte[]>(0)), new(rows.GetInt64(1))));
            }

            keys.Sort(static (one, other) => one.Value.CompareTo(other.Value));
        }

        var lastRemoval = AskId(_readLastRemoval, video);
        _end.ExecuteNonQuery();
        return new(last, keys, lastRemoval);
    }

    /// <summary>Whether comments of a video were removed because of their age.</summary>
    public bool HasExpired(LiveVideoId liveVideoId)
    {
        _readExpired.Parameters[0].Value = liveVideoId.ToString();
        return _readExpired.ExecuteScalar() is long;
    }

    /// <summary>Whether what it reads is no longer at the path of the database.</summary>
    public bool HasMoved => OpenFile.HasMoved(_connection);

    public void Dispose() => _connection.Dispose();

    private SqliteCommand PrepareFindVideos(string table) => _connection.Prepare(
        $"SELECT video, max(id), count(*), max(coalesce(author_id = $author, 0)) FROM (SELECT video, id, author_id FROM {table} "
        + "WHERE (video, id) > ($video, $id) ORDER BY video, id LIMIT $limit) GROUP BY video ORDER BY video",
        "$author", "$video", "$id", "$limit");

    private List<Removal> ReadRemovals(string video, CommentId from, CommentId before, int limit)
    {
        var removals = new List<Removal>();
        using var rows = Query(_readRemovals, video, from.Value, before.Value, limit);
        while (rows.Read())
        {
            var removed = rows.IsDBNull(1)
                ? new RemovedComments(
                    AuthorId: rows.IsDBNull(2) ? null : new AuthorId(rows.GetInt64(2)),
                    From: new(rows.GetInt64(3)),
                    To: new(rows.GetInt64(4)))
                : new(Ids: CommentIds.FromBytes(rows.GetFieldValue<byte[]>(1)));
            removals.Add(new(new(rows.GetInt64(0)), removed));
        }

        return removals;
    }

    private static Comment ReadComment(SqliteDataReader row, LiveVideoId liveVideoId) =>
        new(new(row.GetInt64(0)), liveVideoId, row.GetString(1), row.GetString(2))
        {
            Identity = row.IsDBNull(3) ? null : AuthorIdentity.FromStore(row.GetInt64(3), row.GetByte(4)),
            ReplyTo = row.IsDBNull(5) ? null : new CommentId(row.GetInt64(5)),
        };

    private static CommentId AskId(SqliteCommand command, string video)
    {
        command.Parameters[0].Value = video;
        return new((long)command.ExecuteScalar()!);
    }

    private static SqliteDataReader Query(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteReader();
    }
}
