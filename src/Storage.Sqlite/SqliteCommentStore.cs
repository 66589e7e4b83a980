using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LiveComments.Storage.Sqlite;

/// <summary>
/// The logs of all videos in one SQLite file, in WAL mode with <c>synchronous=FULL</c>. One thread writes: it commits all
/// the appends that wait, of whichever videos, in one transaction. Reads go on beside it.
/// </summary>
public sealed partial class SqliteCommentStore : ICommentStore, IDisposable
{
    // Enough to share one fsync among many; few enough that the first does not wait long for the last.
    private const int MaxEntriesPerCommit = 2_000;

    // Few owners are served sooner by one thread, one after the other, than a thread is found for each.
    private const int OwnersAtOnce = 8;

    // A commit costs a hundred microseconds, an fsync and the waking of threads, whether it carries one comment or fifty. So while they keep
    // coming, they gather; after a pause none waits. The wait at which both costs together are least, the commits' and the waiting comments',
    // falls with the root of the rate: 20 ms at 500 comments/s, 6 ms at 5,000/s.
    private const double MinCommitInterval = 2;
    private const double MaxCommitInterval = 20;
    private const double WaitOfOneCommit = 200;   // milliseconds that comments wait, summed over them, that a commit is worth

    private readonly Channel<WaitingAppend> _waiting =
        Channel.CreateUnbounded<WaitingAppend>(new() { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly ConcurrentBag<LogReader> _readers = [];
    private readonly SemaphoreSlim _readerSlots = new(Environment.ProcessorCount * 2);
    private readonly ILogger<SqliteCommentStore> _logger;
    private readonly string _connectionString;
    private readonly FileInfo[] _files;
    private readonly Thread _thread;
    private LogWriter? _writer;
    private volatile bool _failing;
    private int _trying;

    /// <summary>Opens the database, and makes it where there is none.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be opened, or a newer version made it.</exception>
    public SqliteCommentStore(SqliteOptions settings, ILogger<SqliteCommentStore> logger)
    {
        _logger = logger;
        _files = [new(settings.Path), new($"{settings.Path}-wal")];
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(settings.Path),
            Pooling = false,
            DefaultTimeout = 5,
        }.ConnectionString;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(settings.Path))!);
            _writer = new(_connectionString);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new CommentsUnavailableException(
                $"The database {settings.Path} (Storage:Path) cannot be opened: {exception.Message}", exception);
        }

        _thread = new(WriteUntilDisposed) { Name = "comment log writer", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public long? SizeInBytes => _files.Sum(file => new FileInfo(file.FullName) is { Exists: true } now ? now.Length : 0);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        // After a failure one append tries whether the log can be written again. Others need not wait for that: a locked file takes its time to say no.
        if (_failing && Interlocked.Exchange(ref _trying, 1) == 1)
            return Task.FromException<AppendResult>(new CommentsUnavailableException("The log could not be written, and is being tried again."));

        var append = new WaitingAppend(liveVideoId, expectedLast, entries);
        return _waiting.Writer.TryWrite(append)
            ? append.Result.Task
            : Task.FromException<AppendResult>(new CommentsUnavailableException("The store is closed."));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Comment>> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
        ReadAsync<IReadOnlyList<Comment>>(reader => reader.ReadBefore(liveVideoId, before, limit));

    /// <inheritdoc/>
    public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) =>
        ReadAsync(reader => reader.ReadTail(liveVideoId, keysFrom));

    /// <summary>Writes what waits, then closes the database.</summary>
    public void Dispose()
    {
        if (!_waiting.Writer.TryComplete()) return;
        _thread.Join();
        _writer?.Dispose();
        foreach (var reader in _readers) reader.Dispose();
        _readerSlots.Dispose();
    }

    private async Task<T> ReadAsync<T>(Func<LogReader, T> read)
    {
        await _readerSlots.WaitAsync().ConfigureAwait(false);
        try
        {
            // SQLite reads block; they must not hold up the turn that asked.
            return await Task.Run(() => Read(read)).ConfigureAwait(false);
        }
        finally
        {
            _readerSlots.Release();
        }
    }

    private T Read<T>(Func<LogReader, T> read)
    {
        LogReader? reader = null;
        try
        {
            if (!_readers.TryTake(out reader)) reader = new(_connectionString);
            var result = read(reader);
            _readers.Add(reader);
            return result;
        }
        catch (Exception exception)
        {
            // The next read opens the file anew, and so recovers as soon as it can.
            reader?.Dispose();
            throw new CommentsUnavailableException($"The database cannot be read: {exception.Message}", exception);
        }
    }

    private void WriteUntilDisposed()
    {
        var (lastCommit, interval) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (true)
        {
            // Before it looks for more: where there is some by then, nobody has to wake this thread.
            var wait = interval - Stopwatch.GetElapsedTime(lastCommit);
            if (wait > TimeSpan.Zero) Thread.Sleep(wait);
            if (!_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()) return;
            var (appends, entries) = (new List<WaitingAppend>(), 0);
            while (entries < MaxEntriesPerCommit && _waiting.Reader.TryRead(out var append))
            {
                appends.Add(append);
                entries += append.Entries.Count;
            }

            Write(appends);
            var betweenComments = Stopwatch.GetElapsedTime(lastCommit).TotalMilliseconds / Math.Max(entries, 1);
            interval = TimeSpan.FromMilliseconds(
                Math.Clamp(Math.Sqrt(WaitOfOneCommit * betweenComments), MinCommitInterval, MaxCommitInterval));
            lastCommit = Stopwatch.GetTimestamp();
        }
    }

    private void Write(List<WaitingAppend> appends)
    {
        try
        {
            _writer ??= new(_connectionString);
            var results = _writer.Write(appends);
            if (_failing) LogRecovered();
            (_failing, _trying) = (false, 0);
            foreach (var done in appends.Zip(results).Chunk(OwnersAtOnce))
                ThreadPool.UnsafeQueueUserWorkItem(static done => Complete(done), done, preferLocal: false);
        }
        catch (Exception exception)
        {
            // The next append opens the file anew, and so recovers as soon as it can.
            if (!_failing) LogFailed(exception);
            (_failing, _trying) = (true, 0);
            _writer?.Dispose();
            _writer = null;
            // Never from here: whoever waits would go on in the thread that writes.
            ThreadPool.UnsafeQueueUserWorkItem(static failed => Fail(failed.appends, failed.exception), (appends, exception), preferLocal: false);
        }
    }

    private static void Complete((WaitingAppend Append, AppendResult Result)[] done)
    {
        foreach (var (append, result) in done) append.Result.SetResult(result);
    }

    private static void Fail(List<WaitingAppend> appends, Exception exception)
    {
        foreach (var append in appends)
            append.Result.SetException(new CommentsUnavailableException($"The log cannot be written: {exception.Message}", exception));
    }

    [LoggerMessage(LogLevel.Error, "The log cannot be written; posts are refused until it can be again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Information, "The log can be written again.")]
    private partial void LogRecovered();
}
