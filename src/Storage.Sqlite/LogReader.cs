using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>A connection that reads, with its prepared statements. One thread uses it at a time.</summary>
internal sealed class LogReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _readBefore;
    private readonly SqliteCommand _readLast;
    private readonly SqliteCommand _readKeys;

    public LogReader(string connectionString)
    {
        _connection = new(connectionString);
        try
        {
            _connection.Open();
            _readBefore = _connection.Prepare(
                "SELECT id, author, message FROM comments WHERE video = $video AND id < $before ORDER BY id DESC LIMIT $limit",
                "$video", "$before", "$limit");
            _readLast = _connection.Prepare("SELECT max(id) FROM comments WHERE video = $video", "$video");
            _readKeys = _connection.Prepare(
                "SELECT key, id FROM comments WHERE video = $video AND id >= $from AND id <= $last AND key IS NOT NULL ORDER BY id",
                "$video", "$from", "$last");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public List<Comment> ReadBefore(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        var comments = new List<Comment>(Math.Min(limit, 256));
        using var rows = Query(_readBefore, liveVideoId.ToString(), before.Value, limit);
        while (rows.Read())
            comments.Add(new(new(rows.GetInt64(0)), liveVideoId, rows.GetString(1), rows.GetString(2)));
        return comments;
    }

    public LogTail ReadTail(LiveVideoId liveVideoId, CommentId keysFrom)
    {
        _readLast.Parameters[0].Value = liveVideoId.ToString();
        if (_readLast.ExecuteScalar() is not long last) return new(CommentId.None, []);
        var keys = new List<KeyValuePair<IdempotencyKey, CommentId>>();
        // Bounded by the last id just read: what another process adds meanwhile belongs to the next tail.
        using var rows = Query(_readKeys, liveVideoId.ToString(), keysFrom.Value, last);
        while (rows.Read()) keys.Add(new(IdempotencyKey.FromBytes(rows.GetFieldValue<byte[]>(0)), new(rows.GetInt64(1))));
        return new(new(last), keys);
    }

    public void Dispose() => _connection.Dispose();

    private static SqliteDataReader Query(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteReader();
    }
}
