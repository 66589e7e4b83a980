using System.Text.Json;

namespace LiveComments.Firehose;

/// <summary>
/// A part of the list of logs with entries that were not sent, in a log of its own: all processes write to it, and each change takes its
/// place behind all that were written before. Changes that come together share an append. Safe for use by many threads at once.
/// </summary>
/// <param name="store">Where it is.</param>
/// <param name="log">Its name.</param>
/// <param name="me">This process.</param>
/// <param name="time">The clock.</param>
internal sealed class UnsentPart(ICommentStore store, LiveVideoId log, Guid me, TimeProvider time) : IDisposable
{
    private const int Page = 100;
    private const int MostInEntry = 100;
    private const int MostInAppend = 1_000;
    private const int MostAttempts = 100;

    // So many entries are read at a start at least.
    private const int AnewAfter = 500;

    // An append has no room for more.
    private const int MostKept = 1_500;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly UnsentState _state = new();
    private readonly Dictionary<Guid, (long Seen, DateTimeOffset? At)> _news = [];
    private List<(UnsentChange? Change, TaskCompletionSource Done)> _waiting = [];
    private bool _writing;
    private bool _isClosed;
    private bool _isOutdated = true;
    private bool _wasRead;
    private CommentId _last;
    private int _sinceAnew;

    /// <summary>Writes a change; completes when it is durable. Null says that this process is there.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed; it may have been done.</exception>
    public Task WriteAsync(UnsentChange? change)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isClosed) return Task.FromException(new CommentsUnavailableException("The firehose has ended."));
            _waiting.Add((change, done));
            if (_writing) return done.Task;
            _writing = true;
        }

        _ = Task.Run(WriteWaitingAsync);
        return done.Task;
    }

    /// <summary>Reads what others have written.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task LoadAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await LoadInTurnAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Who holds a log, as far as it was read.</summary>
    public IReadOnlyList<Holding> Of(LiveVideoId held)
    {
        lock (_gate) return [.. _state.Of(held.ToString())];
    }

    /// <summary>
    /// The holdings of processes of which nothing was heard for a while, and of this one those that it does not know: it was not told that
    /// they were written.
    /// </summary>
    public IReadOnlyList<(string Log, Holding Holding)> LeftSince(TimeSpan quiet, Func<string, bool> isKnown)
    {
        lock (_gate) return [.. _state.All.Where(held => held.Holding.By == me ? !isKnown(held.Log) : IsQuiet(held.Holding.By))];

        // By the clock of this process; and of what was there when it began, by those of both.
        bool IsQuiet(Guid by) =>
            by == Guid.Empty
            || !_news.TryGetValue(by, out var news)
            || time.GetElapsedTime(news.Seen) >= quiet
            || time.GetUtcNow() - news.At >= quiet;
    }

    /// <summary>Takes no more changes.</summary>
    public void Dispose()
    {
        lock (_gate) _isClosed = true;
    }

    private async Task WriteWaitingAsync()
    {
        while (true)
        {
            List<(UnsentChange? Change, TaskCompletionSource Done)> writes;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _writing = false;
                    return;
                }

                (writes, _waiting) = _waiting.Count <= MostInAppend ? (_waiting, []) : (_waiting[..MostInAppend], _waiting[MostInAppend..]);
            }

            await _turn.WaitAsync().ConfigureAwait(false);
            try
            {
                await AppendAsync([.. writes.Select(write => write.Change).OfType<UnsentChange>()]).ConfigureAwait(false);
                foreach (var (_, done) in writes) done.SetResult();
            }
            catch (Exception exception)
            {
                // Those who wait are told. It is not known whether it was written.
                _isOutdated = true;
                foreach (var (_, done) in writes) done.SetException(exception);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private async Task AppendAsync(UnsentChange[] changes)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (_isOutdated) await LoadInTurnAsync().ConfigureAwait(false);
            var entries = Pack(changes);
            if (await store.AppendAsync(log, _last, entries).ConfigureAwait(false) == AppendResult.Appended)
            {
                foreach (var entry in entries) Take(entry.Comment!);
                return;
            }

            _isOutdated = true;
        }

        throw new CommentsUnavailableException($"Others write to the log {log} all the time.");
    }

    private List<LogEntry> Pack(UnsentChange[] changes)
    {
        var contents = new List<UnsentEntry>();
        if (_sinceAnew >= AnewAfter && Kept() is { Length: <= MostKept } kept)
        {
            contents.Add(new([.. kept.Take(MostInEntry)], Anew: true));
            contents.AddRange(kept.Skip(MostInEntry).Chunk(MostInEntry).Select(some => new UnsentEntry(some)));
        }

        if (changes.Length == 0) contents.Add(new([]));
        contents.AddRange(changes.Chunk(MostInEntry).Select(some => new UnsentEntry(some)));
        var (id, now) = (_last, time.GetUtcNow());
        return contents.ConvertAll(content => new LogEntry(
            new Comment(id = id.Next(now), log, me.ToString("N"), JsonSerializer.Serialize(content, UnsentJson.Default.UnsentEntry)), null));
    }

    private UnsentChange[] Kept()
    {
        lock (_gate)
        {
            return [.. _state.All.Select(held => new UnsentChange(
                held.Log, UnsentKind.Kept, held.Holding.Position.Value, held.Holding.By, held.Holding.Since.Value))];
        }
    }

    private async Task LoadInTurnAsync()
    {
        var news = new List<Comment>();
        for (CommentId? before = CommentId.Max; before is { } cursor;)
        {
            var stretch = await store.ReadBeforeAsync(log, cursor, Page).ConfigureAwait(false);
            // A store that was put back ends before what was read.
            if (stretch.AsOf < _last) Reset();
            before = stretch.Start > _last ? stretch.Start : null;
            foreach (var entry in stretch.Comments)
            {
                if (entry.Id <= _last) break;
                news.Add(entry);
                if (!Read(entry).Anew) continue;
                before = null;
                break;
            }
        }

        news.Reverse();
        foreach (var entry in news) Take(entry);
        (_isOutdated, _wasRead) = (false, true);
    }

    private void Reset()
    {
        lock (_gate) _state.Clear();
        (_last, _sinceAnew) = (CommentId.None, 0);
    }

    private void Take(Comment entry)
    {
        var (content, by) = (Read(entry), Guid.ParseExact(entry.Author, "N"));
        lock (_gate)
        {
            if (content.Anew) _state.Clear();
            foreach (var change in content.Changes) _state.Apply(by, entry.Id, change);
            _news[by] = (time.GetTimestamp(), _wasRead ? null : entry.CreatedAt);
        }

        _sinceAnew = content.Anew ? 0 : _sinceAnew + 1;
        _last = entry.Id;
    }

    private static UnsentEntry Read(Comment entry) => JsonSerializer.Deserialize(entry.Message, UnsentJson.Default.UnsentEntry)!;
}
