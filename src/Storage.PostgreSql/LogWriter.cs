using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveComments.Storage.PostgreSql;

/// <summary>
/// Appends: while one statement is on its way, what comes waits, and the next takes all of it, of whichever logs, in one round trip and one
/// commit.
/// </summary>
internal sealed partial class LogWriter : IAsyncDisposable
{
    // Enough to share one commit among many; few enough that the first does not wait long for the last.
    private const int MostEntriesAtOnce = 2_000;

    // A few owners are served sooner by one thread, one after the other, than a thread is found for each.
    private const int OwnersAtOnce = 8;

    // As with SQLite: appends gather while they keep coming, so that commits and waiting together cost least; after a pause none waits.
    private const double MinInterval = 2;
    private const double MaxInterval = 20;
    private const double WaitOfOneCommit = 200;   // milliseconds that comments wait, summed over them, that a commit is worth

    private const int MostAttempts = 5;

    private readonly Channel<WaitingAppend> _waiting = Channel.CreateUnbounded<WaitingAppend>(new() { SingleReader = true });
    private readonly Queue<WaitingAppend> _next = [];
    private readonly Database _database;
    private readonly ILogger _logger;
    private readonly NodePace? _pace;
    private readonly (string Videos, string Decisions) _sql;
    private readonly Task _running;
    private NpgsqlConnection? _connection;
    private volatile bool _failing;
    private int _trying;

    public LogWriter(Database database, ILogger logger, NodePace? pace)
    {
        (_database, _logger, _pace) = (database, logger, pace);
        _sql = (AppendStatement.SqlFor(database, database.Entries), AppendStatement.SqlFor(database, database.Decisions));
        _running = Task.Run(RunAsync);
    }

    /// <summary>Appends to a log, and completes when that is durable.</summary>
    public Task<AppendResult> AppendAsync(WaitingAppend append)
    {
        // After a failure one append tries whether the database can be written. Others need not wait for that.
        if (_failing && Interlocked.Exchange(ref _trying, 1) == 1)
            append.Fail(new("The log could not be written, and is being tried again."));
        else if (!_waiting.Writer.TryWrite(append))
            append.Fail(new("The store is closed."));
        return append.Result;
    }

    /// <summary>Writes what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var (lastCommit, interval) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (_next.Count > 0 || await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var rest = interval - Stopwatch.GetElapsedTime(lastCommit);
            if (rest > TimeSpan.Zero) await Task.Delay(rest).ConfigureAwait(false);
            var appends = Gather(out var rows);
            await WriteAsync(appends).ConfigureAwait(false);
            var betweenRows = Stopwatch.GetElapsedTime(lastCommit).TotalMilliseconds / Math.Max(rows, 1);
            interval = TimeSpan.FromMilliseconds(Math.Clamp(Math.Sqrt(WaitOfOneCommit * betweenRows), MinInterval, MaxInterval));
            if (_pace is not null) interval = _pace.LongestWait(interval);
            lastCommit = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>What goes next: one append of each log, because each begins where the one before it has ended.</summary>
    private List<WaitingAppend> Gather(out int rows)
    {
        var (appends, logs) = (new List<WaitingAppend>(), new HashSet<LiveVideoId>());
        rows = 0;
        for (var held = _next.Count; held > 0; held--) rows += Take(_next.Dequeue());
        while (rows < MostEntriesAtOnce && _waiting.Reader.TryRead(out var append)) rows += Take(append);
        return appends;

        int Take(WaitingAppend append)
        {
            if (!logs.Add(append.Log))
            {
                _next.Enqueue(append);
                return 0;
            }

            appends.Add(append);
            return append.Entries.Count;
        }
    }

    private async Task WriteAsync(List<WaitingAppend> appends)
    {
        try
        {
            await ExecuteAsync(appends).ConfigureAwait(false);
            if (_failing) LogRecovered(_logger);
            (_failing, _trying) = (false, 0);
            Tell(appends, static append => append.Complete());
        }
        catch (Exception exception) when (appends.Count > 1 && IsOfOneAppend(exception))
        {
            // Nothing was written. Whose it is shows when each goes alone.
            await CloseAsync().ConfigureAwait(false);
            foreach (var append in appends) await WriteAsync([append]).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfOneAppend(exception))
        {
            await CloseAsync().ConfigureAwait(false);
            LogRefused(_logger, exception.Message);
            appends[0].Fail(_database.Unavailable(exception));
        }
        catch (Exception exception)
        {
            // The next one opens a connection anew, and so recovers as soon as it can.
            if (!_failing) LogFailed(_logger, _database.Name, exception.Message);
            (_failing, _trying) = (true, 0);
            await CloseAsync().ConfigureAwait(false);
            var failure = _database.Unavailable(exception);
            Tell(appends, append => append.Fail(failure));
        }
    }

    private async Task ExecuteAsync(List<WaitingAppend> appends)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                _connection ??= await _database.Source.OpenConnectionAsync().ConfigureAwait(false);
                // Its statements are one transaction: when it returns, the server has made that durable.
                await using var batch = new NpgsqlBatch(_connection);
                foreach (var (sql, some) in Parts(appends)) batch.BatchCommands.Add(AppendStatement.Of(sql, some));
                if (_database.Prepares) await batch.PrepareAsync().ConfigureAwait(false);
                var written = new HashSet<string>();
                await using (var rows = await batch.ExecuteReaderAsync().ConfigureAwait(false))
                {
                    do
                    {
                        while (await rows.ReadAsync().ConfigureAwait(false)) written.Add(rows.GetString(0));
                    }
                    while (await rows.NextResultAsync().ConfigureAwait(false));
                }

                foreach (var append in appends) append.IsWritten = written.Contains(append.Log.ToString());
                return;
            }
            catch (PostgresException exception) when (IsOver(exception) && attempt < MostAttempts)
            {
                // Nothing of it was written, and now it can be.
            }
        }
    }

    private IEnumerable<(string Sql, List<WaitingAppend> Appends)> Parts(List<WaitingAppend> appends)
    {
        var videos = appends.FindAll(append => !append.Log.HoldsDecisions);
        if (videos.Count > 0) yield return (_sql.Videos, videos);
        if (videos.Count < appends.Count) yield return (_sql.Decisions, appends.FindAll(append => append.Log.HoldsDecisions));
    }

    // Not here: the continuations of those who wait would hold up the log.
    private static void Tell(List<WaitingAppend> appends, Action<WaitingAppend> tell)
    {
        foreach (var some in appends.Chunk(OwnersAtOnce))
            ThreadPool.UnsafeQueueUserWorkItem(_ => Array.ForEach(some, tell), null);
    }

    // Of two that wait for each other, as nodes do that both believe to own some videos, the database ends one. And a row whose part of the
    // table was made just then has no place any more where it was about to go.
    private static bool IsOver(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.CheckViolation;

    // A text or a key that the database does not take; the database itself is well.
    private static bool IsOfOneAppend(Exception exception) => exception is EncoderFallbackException
        or PostgresException { SqlState: ['2', '2' or '3', ..] };

    private async Task CloseAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Error,
        "The log cannot be written to PostgreSQL, database {Database}: {Reason}. Posts are refused until it can.")]
    private static partial void LogFailed(ILogger logger, string database, string reason);

    [LoggerMessage(4, LogLevel.Error, "PostgreSQL refuses an entry: {Reason}. It is not written; others are.")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "The log can be written again.")]
    private static partial void LogRecovered(ILogger logger);
}
