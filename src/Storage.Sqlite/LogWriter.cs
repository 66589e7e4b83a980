using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>The connection that writes, with its prepared statements. One thread uses it at a time.</summary>
internal sealed class LogWriter : IDisposable
{
    private const string Insert = "INSERT INTO comments (video, id, author, message, key) SELECT $video, $id, $author, $message, $key";
    private static readonly string[] Columns = ["$video", "$id", "$author", "$message", "$key"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _insertFirst;
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
            _insertFirst = _connection.Prepare($"{Insert} WHERE coalesce((SELECT max(id) FROM comments WHERE video = $video), 0) = $last", [.. Columns, "$last"]);
            _insert = _connection.Prepare(Insert, Columns);
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
        _insertFirst.Parameters[Columns.Length].Value = append.ExpectedLast.Value;
        if (Write(_insertFirst, append.Entries[0]) == 0) return AppendResult.Conflict;
        for (var i = 1; i < append.Entries.Count; i++) Write(_insert, append.Entries[i]);
        return AppendResult.Appended;

        int Write(SqliteCommand command, LogEntry entry)
        {
            var parameters = command.Parameters;
            parameters[0].Value = video;
            parameters[1].Value = entry.Comment.Id.Value;
            parameters[2].Value = entry.Comment.Author;
            parameters[3].Value = entry.Comment.Message;
            parameters[4].Value = entry.Key is { } key ? key.ToBytes() : DBNull.Value;
            return command.ExecuteNonQuery();
        }
    }
}
