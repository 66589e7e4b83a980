using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>The connection that writes, with its prepared statements. One thread uses it at a time.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _readLast;
    private readonly SqliteCommand _insert;

    public LogWriter(string connectionString)
    {
        _connection = new(connectionString);
        try
        {
            _connection.Open();
            // Another process may hold the file for a second; posters wait as long. SQLite itself waits with finer steps than its library does.
            _connection.DefaultTimeout = 1;
            _connection.Run("PRAGMA busy_timeout = 1000");
            _connection.Run("PRAGMA journal_mode = WAL");
            _connection.Run("PRAGMA synchronous = FULL");
            // The ends of many logs are written in turn: keep their pages (64 MB of them), and copy them to the file less often (each 8 MB).
            _connection.Run("PRAGMA cache_size = -65536");
            _connection.Run("PRAGMA wal_autocheckpoint = 2000");
            Schema.Upgrade(_connection);
            _begin = _connection.Prepare("BEGIN IMMEDIATE");
            _commit = _connection.Prepare("COMMIT");
            _readLast = _connection.Prepare("SELECT max(id) FROM comments WHERE video = $video", "$video");
            _insert = _connection.Prepare(
                "INSERT INTO comments (video, id, author, message, key) VALUES ($video, $id, $author, $message, $key)",
                "$video", "$id", "$author", "$message", "$key");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes all appends in one transaction and returns, durable, how each ended. After an exception, dispose of this.</summary>
    public AppendResult[] Write(IReadOnlyList<WaitingAppend> appends)
    {
        _begin.ExecuteNonQuery();
        var results = new AppendResult[appends.Count];
        for (var i = 0; i < results.Length; i++) results[i] = Write(appends[i]);
        _commit.ExecuteNonQuery();
        return results;
    }

    public void Dispose() => _connection.Dispose();

    private AppendResult Write(WaitingAppend append)
    {
        var video = append.LiveVideoId.ToString();
        _readLast.Parameters[0].Value = video;
        var last = _readLast.ExecuteScalar() is long id ? new CommentId(id) : CommentId.None;
        if (last != append.ExpectedLast) return AppendResult.Conflict;
        var insert = _insert.Parameters;
        insert[0].Value = video;
        foreach (var (comment, key) in append.Entries)
        {
            insert[1].Value = comment.Id.Value;
            insert[2].Value = comment.Author;
            insert[3].Value = comment.Message;
            insert[4].Value = key is { } known ? known.ToBytes() : DBNull.Value;
            _insert.ExecuteNonQuery();
        }

        return AppendResult.Appended;
    }
}
