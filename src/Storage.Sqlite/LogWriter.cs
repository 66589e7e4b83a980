using Microsoft.Data.Sqlite;

namespace LiveComments.Storage.Sqlite;

/// <summary>The connection that writes, with its prepared statements. One thread uses it at a time.</summary>
internal sealed class LogWriter : IDisposable
{
    private const string InsertComment =
        "INSERT INTO comments (video, id, author, message, key, author_id, marks, reply_to) "
        + "SELECT $video, $id, $author, $message, $key, $author_id, $marks, $reply_to";

    private static readonly string[] Columns = ["$video", "$id", "$author", "$message", "$key", "$author_id", "$marks", "$reply_to"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _insertFirst;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _readLast;
    private readonly SqliteCommand _insertRemoval;
    private readonly SqliteCommand _keepErased;
    private readonly SqliteCommand _setRemoval;
    private readonly SqliteCommand _erase;

    public LogWriter(string connectionString)
    {
        _connection = new(connectionString);
        try
        {
            _connection.Open();
            // Another process may hold the file for a second; posters wait as long. SQLite itself waits with finer steps than its library
            // does.
            _connection.DefaultTimeout = 1;
            _connection.Run("PRAGMA busy_timeout = 1000");
            if (_connection.Ask("PRAGMA journal_mode = WAL") is not "wal")
                throw new CommentsUnavailableException("SQLite has no write-ahead log here.");
            _connection.Run("PRAGMA synchronous = FULL");
            // The ends of many logs are written in turn: keep their pages (64 MB of them), and copy them to the file less often (each 8
            // MB).
            _connection.Run("PRAGMA cache_size = -65536");
            _connection.Run("PRAGMA wal_autocheckpoint = 2000");
            // What is erased is overwritten; copies of it, in gaps of pages, by LogFiles.
            _connection.Run("PRAGMA secure_delete = ON");
            _connection.Run($"PRAGMA max_page_count = {PageGap.MostPages}");
            Schema.Upgrade(_connection);
            _begin = _connection.Prepare("BEGIN IMMEDIATE");
            _commit = _connection.Prepare("COMMIT");
            _insertFirst = _connection.Prepare($"{InsertComment} WHERE $last = {Schema.LastOfVideo}", [.. Columns, "$last"]);
            _insert = _connection.Prepare(InsertComment, Columns);
            _readLast = _connection.Prepare($"SELECT {Schema.LastOfVideo}", "$video");
            _insertRemoval = _connection.Prepare(
                "INSERT INTO removals (video, id, ids, author_id, first, last) VALUES ($video, $id, $ids, $author_id, $first, $last)",
                "$video", "$id", "$ids", "$author_id", "$first", "$last");
            _keepErased = _connection.Prepare(
                "INSERT INTO erased (video, id, key, author_id, is_address, removal) "
                + $"SELECT video, id, key, author_id, coalesce(marks & {AuthorIdentity.AddressMark}, 0) <> 0, $removal "
                + "FROM comments WHERE video = $video AND id = $id",
                "$video", "$id", "$removal");
            _setRemoval = _connection.Prepare(
                "UPDATE erased SET removal = $removal WHERE video = $video AND id = $id", "$video", "$id", "$removal");
            _erase = _connection.Prepare("DELETE FROM comments WHERE video = $video AND id = $id", "$video", "$id");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes all of them in one transaction and returns when they are durable. After an exception, dispose of this.</summary>
    public void Write(IReadOnlyList<WaitingWrite> writes)
    {
        _begin.ExecuteNonQuery();
        foreach (var write in writes) write.Run(this);
        _commit.ExecuteNonQuery();
        // Nobody may hear of comments that a restart would not find.
        if (OpenFile.HasMoved(_connection))
            throw new CommentsUnavailableException("The database was removed, replaced or moved while it was in use.");
    }

    /// <summary>Appends to a log, if it ends where that is expected.</summary>
    public AppendResult Append(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        var video = liveVideoId.ToString();
        var first = 0;
        if (entries[0].Comment is { } comment)
        {
            // Most appends are of one comment: one statement.
            _insertFirst.Parameters[Columns.Length].Value = expectedLast.Value;
            if (Insert(_insertFirst, video, comment, entries[0].Key) == 0) return AppendResult.Conflict;
            first = 1;
        }
        else
        {
            _readLast.Parameters[0].Value = video;
            if ((long)_readLast.ExecuteScalar()! != expectedLast.Value) return AppendResult.Conflict;
        }

        for (var i = first; i < entries.Count; i++)
        {
            if (entries[i].Comment is { } next) Insert(_insert, video, next, entries[i].Key);
            else if (entries[i].Removal is { } removal) Insert(video, removal);
        }

        return AppendResult.Appended;
    }

    /// <summary>Erases comments, and keeps that they were there.</summary>
    public void Erase(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal)
    {
        var video = liveVideoId.ToString();
        foreach (var comment in comments)
        {
            if (Run(_keepErased, video, comment.Value, removal.Value) == 0) Run(_setRemoval, video, comment.Value, removal.Value);
            else Run(_erase, video, comment.Value);
        }
    }

    /// <summary>
    /// Ends a write-ahead log that has grown because readers never pause: the readers that come now read the database itself, and for those
    /// under way this waits, as long as for a lock. False if one of them took longer: the log stands.
    /// </summary>
    public bool TryEndLog()
    {
        // The pages that this connection made have copies in their gaps: it reads them anew, without.
        _connection.Run("PRAGMA shrink_memory");
        return _connection.Ask("PRAGMA wal_checkpoint(TRUNCATE)") is 0L;
    }

    /// <summary>The bytes of the pages that are in use.</summary>
    public long UsedBytes() =>
        ((long)_connection.Ask("PRAGMA page_count")! - (long)_connection.Ask("PRAGMA freelist_count")!)
        * (long)_connection.Ask("PRAGMA page_size")!;

    public void Dispose() => _connection.Dispose();

    private static int Insert(SqliteCommand command, string video, Comment comment, IdempotencyKey? key)
    {
        var parameters = command.Parameters;
        parameters[0].Value = video;
        parameters[1].Value = comment.Id.Value;
        parameters[2].Value = comment.Author;
        parameters[3].Value = comment.Message;
        parameters[4].Value = key is { } known ? known.ToBytes() : DBNull.Value;
        var identity = comment.Identity;
        parameters[5].Value = identity is { } person ? person.Id.Value : DBNull.Value;
        parameters[6].Value = identity is { } marked ? marked.Marks : DBNull.Value;
        parameters[7].Value = comment.ReplyTo is { } parent ? parent.Value : DBNull.Value;
        return command.ExecuteNonQuery();
    }

    private void Insert(string video, Removal removal)
    {
        var removed = removal.Removed;
        Run(
            _insertRemoval, video, removal.Id.Value,
            removed.Ids is { } ids ? CommentIds.ToBytes(ids) : DBNull.Value,
            removed.AuthorId is { } author ? author.Value : DBNull.Value,
            removed.From is { } from ? from.Value : DBNull.Value,
            removed.To is { } to ? to.Value : DBNull.Value);
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteNonQuery();
    }
}
