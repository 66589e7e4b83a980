using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
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

    // A write-ahead log is begun again by itself at 8 MB, if no reader is in the way just then. One of this size is.
    private const long MaxLogBytes = 32 * 1024 * 1024;

    // Comments are refused before the database has no room for decisions either: PageGap says why it has a bound.
    private const long MostBytes = 127L << 30;

    // Whoever reads from the file for long, perhaps another program, holds up what is written for as long as a lock each time.
    private static readonly TimeSpan EndLogAgainAfter = TimeSpan.FromSeconds(3);

    // A few milliseconds of reading: somebody else may need the reader.
    private const int RowsPerLook = 10_000;

    // Few owners are served sooner by one thread, one after the other, than a thread is found for each.
    private const int OwnersAtOnce = 8;

    // A commit costs a hundred microseconds, an fsync and the waking of threads, whether it carries one comment or fifty. So while they
    // keep coming, they gather; after a pause none waits. The wait at which both costs together are least, the commits' and the waiting
    // comments', falls with the root of the rate: 20 ms at 500 comments/s, 6 ms at 5,000/s. So it is on a busy node; an idle one can
    // afford more commits.
    private const double MinCommitInterval = 2;
    private const double MaxCommitInterval = 20;
    private const double WaitOfOneCommit = 200;   // milliseconds that comments wait, summed over them, that a commit is worth

    private readonly Channel<WaitingWrite> _waiting =
        Channel.CreateUnbounded<WaitingWrite>(new() { SingleReader = true, AllowSynchronousContinuations = true });
    private readonly ConcurrentBag<LogReader> _readers = [];
    private readonly SemaphoreSlim _readerSlots = new(Environment.ProcessorCount * 2);
    private readonly ILogger<SqliteCommentStore> _logger;
    private readonly string _connectionString;
    private readonly NodePace? _pace;
    private readonly long _maxBytes;
    private readonly FileInfo[] _files;
    private readonly Thread _thread;
    private readonly LogRetention? _retention;
    private LogWriter? _writer;
    private long? _endLogFailed;
    private bool _isFull;
    private volatile bool _failing;
    private int _trying;

    /// <summary>Opens the database; creates it if it does not exist.</summary>
    /// <exception cref="CommentsUnavailableException">It cannot be opened, or a newer version made it.</exception>
    public SqliteCommentStore(
        SqliteOptions settings, ILogger<SqliteCommentStore> logger, TimeProvider? time = null, NodePace? pace = null)
    {
        (_logger, _pace, _maxBytes) = (logger, pace, settings.MaxBytes is > 0 and < MostBytes ? settings.MaxBytes : MostBytes);
        _files = [new(settings.Path), new($"{settings.Path}-wal")];
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(settings.Path),
            Pooling = false,
            DefaultTimeout = 5,
            // LogRetention and readers too: a checkpoint is also made as the last connection is closed.
            Vfs = LogFiles.Register(),
        }.ConnectionString;
        try
        {
            DatabaseFolder.Create(settings.Path);
            _writer = new(_connectionString);
            // A database that goes away is not made anew: that would look as if nothing had ever been posted.
            _connectionString = new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new CommentsUnavailableException(
                $"The database {settings.Path} (Storage:Path) cannot be opened: {exception.Message}", exception);
        }

        // A process that was killed may have left one with what was erased.
        _endLogFailed = Stopwatch.GetTimestamp();
        _thread = new(WriteUntilDisposed) { Name = "comment log writer", IsBackground = true };
        _thread.Start();
        if (settings.RetentionDays > 0)
            _retention = new(_connectionString, TimeSpan.FromDays(settings.RetentionDays), time ?? TimeProvider.System, logger);
    }

    /// <inheritdoc/>
    public long? SizeInBytes => _files.Sum(file => new FileInfo(file.FullName) is { Exists: true } now ? now.Length : 0);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(LiveVideoId liveVideoId, CommentId expectedLast, IReadOnlyList<LogEntry> entries)
    {
        var append = new WaitingAppend(liveVideoId, expectedLast, entries);
        Enqueue(append);
        return append.Result;
    }

    /// <inheritdoc/>
    public Task EraseAsync(LiveVideoId liveVideoId, IReadOnlyList<CommentId> comments, CommentId removal)
    {
        var erasure = new WaitingErasure(liveVideoId, comments, removal);
        Enqueue(erasure);
        return erasure.Result;
    }

    /// <inheritdoc/>
    public Task<LogStretch> ReadBeforeAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
        ReadAsync(reader => reader.ReadBefore(liveVideoId, before, limit));

    /// <inheritdoc/>
    public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => ReadAsync(reader => reader.Find(liveVideoId, id));

    /// <inheritdoc/>
    public Task<AuthorsComments> FindByAuthorAsync(LiveVideoId liveVideoId, AuthorId? author, CommentId from, CommentId to) =>
        ReadAsync(reader => reader.FindByAuthor(liveVideoId, author, from, to));

    /// <inheritdoc/>
    public async IAsyncEnumerable<LiveVideoId> FindVideosAsync(
        AuthorId author, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // What is erased meanwhile leaves the one table for the other.
        foreach (var erased in (bool[])[false, true])
        {
            for ((string, long)? after = ("", 0); after is { } place;)
            {
                cancellation.ThrowIfCancellationRequested();
                (var videos, after) = await ReadAsync(reader => reader.FindVideos(author, erased, place, RowsPerLook)).ConfigureAwait(false);
                foreach (var video in videos)
                    if (LiveVideoId.TryParseVideoOf(video, out var id)) yield return id;
            }
        }
    }

    /// <inheritdoc/>
    public Task<LogTail> ReadTailAsync(LiveVideoId liveVideoId, CommentId keysFrom) =>
        ReadAsync(reader => reader.ReadTail(liveVideoId, keysFrom));

    /// <inheritdoc/>
    public Task<bool> HasExpiredAsync(LiveVideoId liveVideoId) => ReadAsync(reader => reader.HasExpired(liveVideoId));

    /// <summary>Writes what waits, then closes the database.</summary>
    public void Dispose()
    {
        if (!_waiting.Writer.TryComplete()) return;
        _retention?.Dispose();
        _thread.Join();
        _writer?.Dispose();
        foreach (var reader in _readers) reader.Dispose();
        _readerSlots.Dispose();
    }

    private void Enqueue(WaitingWrite write)
    {
        // After a failure one write tries whether the log can be written again. Others need not wait for that: a locked file takes its
        // time to say no.
        if (_failing && Interlocked.Exchange(ref _trying, 1) == 1)
            write.Fail(new("The log could not be written, and is being tried again."));
        else if (!_waiting.Writer.TryWrite(write))
            write.Fail(new("The store is closed."));
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
            while (_readers.TryTake(out reader) && reader.HasMoved)
            {
                reader.Dispose();
                // Another database may have taken its place. It may be older than this program, or have nothing in it yet.
                new LogWriter(_connectionString).Dispose();
            }

            reader ??= new(_connectionString);
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
            // Rest before looking for more: what comes meanwhile need not wake this thread.
            var wait = interval - Stopwatch.GetElapsedTime(lastCommit);
            if (wait > TimeSpan.Zero) Thread.Sleep(wait);
            var more = _waiting.Reader.WaitToReadAsync().AsTask();
            while (_endLogFailed is not null && !more.Wait(EndLogAgainAfter)) Write([]);
            if (!more.GetAwaiter().GetResult()) return;
            var (writes, rows) = (new List<WaitingWrite>(), 0);
            while (rows < MaxEntriesPerCommit && _waiting.Reader.TryRead(out var write))
            {
                writes.Add(write);
                rows += write.Rows;
            }

            Write(writes);
            var betweenRows = Stopwatch.GetElapsedTime(lastCommit).TotalMilliseconds / Math.Max(rows, 1);
            interval = TimeSpan.FromMilliseconds(
                Math.Clamp(Math.Sqrt(WaitOfOneCommit * betweenRows), MinCommitInterval, MaxCommitInterval));
            if (_pace is not null) interval = _pace.LongestWait(interval);
            lastCommit = Stopwatch.GetTimestamp();
        }
    }

    private void Write(List<WaitingWrite> writes)
    {
        try
        {
            _writer ??= new(_connectionString);
            var isFull = SizeInBytes > _maxBytes && _writer.UsedBytes() > _maxBytes;
            if (isFull && !_isFull) LogFull(_maxBytes);
            _isFull = isFull;
            if (isFull) RefuseComments(writes);
            _writer.Write(writes);
            // What was erased stands in the write-ahead log until that is begun again.
            if (writes.Any(write => write is WaitingErasure)
                || (_endLogFailed is { } failed && Stopwatch.GetElapsedTime(failed) >= EndLogAgainAfter)
                || new FileInfo(_files[1].FullName) is { Exists: true, Length: > MaxLogBytes })
                _endLogFailed = _writer.TryEndLog() ? null : Stopwatch.GetTimestamp();
            if (_failing) LogRecovered();
            (_failing, _trying) = (false, 0);
            foreach (var done in writes.Chunk(OwnersAtOnce))
                ThreadPool.UnsafeQueueUserWorkItem(static done => Complete(done), done, preferLocal: false);
        }
        catch (Exception exception)
        {
            // The next write opens the file anew, and so recovers as soon as it can.
            if (!_failing) LogFailed(exception);
            (_failing, _trying) = (true, 0);
            _writer?.Dispose();
            _writer = null;
            Fail(writes, exception);
        }
    }

    /// <summary>Comments are refused where there is no room for them. To remove some makes room.</summary>
    private void RefuseComments(List<WaitingWrite> writes)
    {
        var full = new CommentsUnavailableException($"The comments take more than {_maxBytes:N0} bytes (Storage:MaxBytes).");
        Fail([.. writes.Where(write => write.AddsComments)], full);
        writes.RemoveAll(write => write.AddsComments);
    }

    private static void Complete(WaitingWrite[] done)
    {
        foreach (var write in done) write.Complete();
    }

    // Not on this thread: the continuations of those who wait would hold up the log.
    private static void Fail(List<WaitingWrite> writes, Exception exception) => ThreadPool.UnsafeQueueUserWorkItem(
        static failed =>
        {
            foreach (var write in failed.writes)
                write.Fail(new($"The log cannot be written: {failed.exception.Message}", failed.exception));
        },
        (writes, exception),
        preferLocal: false);

    [LoggerMessage(1, LogLevel.Error, "The log cannot be written. Posts are refused until it can.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The log can be written again.")]
    private partial void LogRecovered();

    [LoggerMessage(4, LogLevel.Error,
        "The comments take more than {MaxBytes} bytes (Storage:MaxBytes). Posts are refused; removals and bans are not.")]
    private partial void LogFull(long maxBytes);
}
