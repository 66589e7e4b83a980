using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LiveComments.Storage.Sqlite;

/// <summary>
/// Removes comments of an age, at the start and each hour: from the old end of each log, a few in each transaction and with a rest after
/// it, so that appends do not wait. Where a log ended stays known when all of its comments are gone.
/// </summary>
internal sealed partial class LogRetention : IDisposable
{
    private const int MaxRemovedAtOnce = 500;
    private const int MaxVideosAtOnce = 1_000;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly string _connectionString;
    private readonly TimeSpan _age;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _running;

    /// <summary>Begins.</summary>
    public LogRetention(string connectionString, TimeSpan age, TimeProvider time, ILogger logger)
    {
        (_connectionString, _age, _time, _logger) = (connectionString, age, time, logger);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Stops after the transaction that is under way.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _running.GetAwaiter().GetResult();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        using var looks = new PeriodicTimer(Every, _time);
        try
        {
            do
            {
                await RemoveOldAsync().ConfigureAwait(false);
            }
            while (await looks.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The store is being closed.
        }
    }

    private async Task RemoveOldAsync()
    {
        try
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            connection.Run("PRAGMA secure_delete = ON");
            var before = CommentId.At(_time.GetUtcNow() - _age);
            string? after = "";
            while (after is not null)
            {
                (var found, after) = Find(connection, after, before);
                if (found.Count > 0) Remove(connection, found);
                await Task.Delay(Rest, _time, _ended.Token).ConfigureAwait(false);
            }
        }
        catch (SqliteException exception)
        {
            LogFailed(_logger, exception);
        }
    }

    /// <summary>
    /// Looks at the videos after one for old comments. Gives the last of some of each, and the video to go on after; null if there is no
    /// more.
    /// </summary>
    private static (List<(string Video, long Last)> Found, string? After) Find(SqliteConnection connection, string after, CommentId before)
    {
        // Each costs one seek, for the log is ordered by video and id.
        using var next = connection.Prepare(
            // Decisions are no comments, though they are kept in the same form, in logs whose names have a full stop.
            "SELECT video, id FROM comments WHERE video > $after AND video NOT LIKE '%.%' ORDER BY video, id LIMIT 1", "$after");
        using var old = connection.Prepare(
            "SELECT count(*), max(id) FROM (SELECT id FROM comments WHERE video = $video AND id < $before ORDER BY id LIMIT $limit)",
            "$video", "$before", "$limit");
        var found = new List<(string Video, long Last)>();
        var room = MaxRemovedAtOnce;
        for (var looks = 0; looks < MaxVideosAtOnce; looks++)
        {
            next.Parameters[0].Value = after;
            using var oldest = next.ExecuteReader();
            if (!oldest.Read()) return (found, null);
            var video = oldest.GetString(0);
            if (oldest.GetInt64(1) < before.Value)
            {
                (old.Parameters[0].Value, old.Parameters[1].Value, old.Parameters[2].Value) = (video, before.Value, room);
                using var some = old.ExecuteReader();
                some.Read();
                found.Add((video, some.GetInt64(1)));
                room -= some.GetInt32(0);
                // The next look begins with what this one has left of the video.
                if (room == 0) return (found, after);
            }

            after = video;
        }

        return (found, after);
    }

    private static void Remove(SqliteConnection connection, List<(string Video, long Last)> found)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var remove = connection.Prepare("DELETE FROM comments WHERE video = $video AND id <= $last", "$video", "$last");
        using var removeErased = connection.Prepare("DELETE FROM erased WHERE video = $video AND id <= $last", "$video", "$last");
        using var removeRemovals = connection.Prepare("DELETE FROM removals WHERE video = $video AND id <= $last", "$video", "$last");
        using var note = connection.Prepare(
            "INSERT INTO expired (video, last) VALUES ($video, $last) ON CONFLICT (video) DO UPDATE SET last = max(last, excluded.last)",
            "$video", "$last");
        foreach (var (video, last) in found)
        {
            foreach (var command in (SqliteCommand[])[remove, removeErased, removeRemovals, note])
            {
                command.Transaction = transaction;
                (command.Parameters[0].Value, command.Parameters[1].Value) = (video, last);
                command.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    [LoggerMessage(3, LogLevel.Warning, "Old comments cannot be removed (Storage:RetentionDays). It is tried again in an hour.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
