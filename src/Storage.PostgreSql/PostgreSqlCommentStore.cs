using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using static LiveComments.Storage.PostgreSql.ConnectionExtensions;

namespace LiveComments.Storage.PostgreSql;

/// <summary>
/// The logs of all videos in PostgreSQL, shared by many nodes: a row for each entry, and one where each log ends, which fences its owners.
/// Appends of many videos share a round trip. Nothing is kept in memory: each read sees what was written before it.
/// </summary>
public sealed class PostgreSqlCommentStore : ICommentStore, IAsyncDisposable
{
    private readonly Database _database;
    private readonly LogReader _reader;
    private readonly LogWriter _writer;
    private readonly LogRetention _retention;
    private readonly TimeProvider _time;
    private int _disposed;

    /// <summary>Makes it; <see cref="PrepareAsync"/> opens it.</summary>
    public PostgreSqlCommentStore(
        PostgreSqlOptions settings, ILogger<PostgreSqlCommentStore> logger, TimeProvider? time = null, NodePace? pace = null)
    {
        (_database, _time) = (new(settings), time ?? TimeProvider.System);
        (_reader, _writer) = (new(_database), new(_database, logger, pace));
        _retention = new(_database, settings.RetentionDays, _time, logger);
    }

    /// <summary>
    /// Sees before the server starts that the database keeps what it acknowledges, and that the tables are there; makes them, or brings
    /// them up to this version, if they are not.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">It cannot be used; the message says why.</exception>
    public async Task PrepareAsync(CancellationToken cancellation = default)
    {
        try
        {
            await using var connection = await _database.Source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            foreach (var setting in (string[])["synchronous_commit", "fsync"])
            {
                if (await connection.AskAsync<string>($"SHOW {setting}", cancellation).ConfigureAwait(false) == "off")
                    throw new CommentsUnavailableException(
                        $"In the database {_database.Name} {setting} is off: comments would be acknowledged that it may lose. Set it on.");
            }

            await Schema.UpgradeAsync(_database, connection, cancellation).ConfigureAwait(false);
            await _retention.BeginAsync(cancellation).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CommentsUnavailableException(
                $"The tables cannot be made in the database {_database.Name}: {exception.MessageText}. Let its role make them: "
                + $"GRANT CREATE ON DATABASE …, or CREATE SCHEMA {_database.Schema} AUTHORIZATION … (Storage:ConnectionString).",
                exception);
        }
        catch (Exception exception) when (Database.IsOfTheStore(exception))
        {
            throw new CommentsUnavailableException(
                $"The database {_database.Name} (Storage:ConnectionString) cannot be opened: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries) =>
        _writer.AppendAsync(new(liveVideoId, expectedLast, entries));

    /// <inheritdoc/>
    public Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
        AskAsync(() => _reader.ReadBeforeAsync(liveVideoId, before, limit));

    /// <inheritdoc/>
    public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => AskAsync(() => _reader.FindAsync(liveVideoId, id));

    /// <inheritdoc/>
    public Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to) =>
        AskAsync(() => _reader.FindByAuthorAsync(liveVideoId, author, from, to));

    /// <inheritdoc/>
    public async IAsyncEnumerable<LiveVideoId> FindVideosAsync(
        AuthorId author, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var log in await AskAsync(() => FindLogsAsync(author, cancellation)).ConfigureAwait(false))
            if (LiveVideoId.TryParseVideoOf(log, out var video)) yield return video;
    }

    /// <inheritdoc/>
    public Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal) => comments.Count == 0
        ? Task.CompletedTask
        : _database.RunAsync(
            $"""
            UPDATE {_database.EntriesOf(liveVideoId)} SET author = NULL, message = NULL, reply_to = NULL, erased_for = $1
            WHERE video = $2 AND id >= $3 AND id <= $4 AND id = ANY ($5) AND (message IS NOT NULL OR erased_for IS NOT NULL)
            """,
            Value(removal), Value(liveVideoId), Value(comments[0]), Value(comments[^1]), Value(comments.Select(id => id.Value).ToArray()));

    /// <inheritdoc/>
    public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) =>
        AskAsync(() => _reader.ReadTailAsync(liveVideoId, keysFrom));

    /// <inheritdoc/>
    public Task<bool> HasExpiredAsync(LiveVideoId liveVideoId) => AskAsync(() => _reader.HasExpiredAsync(liveVideoId));

    /// <summary>Writes what waits, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _retention.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    // No index has the authors: each comment would pay for it, and nearly nobody is looked for. So the tables are read, as long as it
    // takes.
    private async Task<List<string>> FindLogsAsync(AuthorId author, CancellationToken cancellation)
    {
        try
        {
            var found = new List<string>();
            foreach (var table in (string[])[_database.Entries, _database.Decisions])
            {
                cancellation.ThrowIfCancellationRequested();
                await using var command = _database.Source.CreateCommand($"SELECT DISTINCT video FROM {table} WHERE author_id = $1");
                command.CommandTimeout = 0;
                command.Parameters.Add(Value(author.Value));
                await using var rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                while (await rows.ReadAsync(cancellation).ConfigureAwait(false)) found.Add(rows.GetString(0));
            }

            return found;
        }
        catch (Exception exception) when (Database.IsOfTheStore(exception))
        {
            throw _database.Unavailable(exception);
        }
    }

    // To read rows is no part of the turn that asks.
    private static Task<T> AskAsync<T>(Func<Task<T>> ask) => Task.Run(ask);
}
