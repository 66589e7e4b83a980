using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LiveComments.Firehose;

/// <summary>
/// The logs that this process holds: those that it has appended to and not yet sent all of. A log is held before the first append of it, so
/// that a crash loses nothing, and until all was sent and it has been quiet for a while. Safe for use by many threads at once.
/// </summary>
/// <param name="store">Where the logs are.</param>
/// <param name="list">Where it stands which logs are held.</param>
/// <param name="mostInMemory">How many entries of all logs are kept in memory.</param>
/// <param name="ready">Told, outside of the gate, that a log may have something to send.</param>
internal sealed class SentLogs(ICommentStore store, UnsentList list, int mostInMemory, Action<SentLog> ready)
{
    private readonly ConcurrentDictionary<LiveVideoId, SentLog> _logs = [];
    private long _inMemory;

    /// <summary>All of them.</summary>
    public IEnumerable<SentLog> All => _logs.Values;

    /// <summary>Whether a log is among them.</summary>
    public bool Has(LiveVideoId id) => _logs.ContainsKey(id);

    /// <summary>Begins an append; <see cref="Leave"/> ends it. It may be made when <see cref="SentLog.Held"/> is complete.</summary>
    public (SentLog Log, Task Held) Enter(LiveVideoId id, CommentId last)
    {
        while (true)
        {
            var log = _logs.GetOrAdd(id, static (id, store) => new(id, store), store);
            lock (log.Gate)
            {
                if (log.IsGone) continue;
                log.Appending++;
                if (log.Held is null or { IsFaulted: true })
                {
                    if (last > log.End) log.End = last;
                    log.Held = HoldAsync(log, UnsentKind.Hold, last, of: default);
                }

                return (log, log.Held);
            }
        }
    }

    /// <summary>Goes on with what another process has left.</summary>
    public async Task TakeAsync(LiveVideoId id, Holding left)
    {
        var (log, taken) = Take();
        if (log is null) return;
        try
        {
            await taken!.ConfigureAwait(false);
        }
        finally
        {
            Leave(log);
        }

        (SentLog? Log, Task? Taken) Take()
        {
            var log = _logs.GetOrAdd(id, static (id, store) => new(id, store), store);
            lock (log.Gate)
            {
                if (log.IsGone) return default;
                log.Appending++;
                log.MayHaveMore = true;
                var before = log.Held;
                var taking = HoldAsync(log, UnsentKind.Take, default, left.By, before);
                // Appends that come now need not wait for it if the log was held before.
                if (before is not { IsCompletedSuccessfully: true }) log.Held = taking;
                return (log, taking);
            }
        }
    }

    /// <summary>Takes note of an append.</summary>
    public void Appended(SentLog log, CommentId follows, IReadOnlyList<LogEntry> entries)
    {
        lock (log.Gate)
        {
            var before = log.InMemory;
            log.Add(follows, entries, keep: log.Failures == 0 && Interlocked.Read(ref _inMemory) + entries.Count <= mostInMemory);
            Interlocked.Add(ref _inMemory, log.InMemory - before);
        }
    }

    /// <summary>Takes note that another owner has appended, or that it is not known how an append ended.</summary>
    public static void Doubt(SentLog log)
    {
        lock (log.Gate) (log.MayHaveMore, log.IsActive) = (true, true);
    }

    /// <summary>Ends an append, however it went.</summary>
    public void Leave(SentLog log)
    {
        lock (log.Gate)
        {
            log.Appending--;
            // The list may have it all the same: then it is found there, and is taken up again.
            if (log.Held is { IsFaulted: true } && log.Position is null) TryRemove(log, () => Task.CompletedTask, out _);
        }

        ready(log);
    }

    /// <summary>Changes what is known of a log within its gate, and counts what is in memory anew.</summary>
    public void Change(SentLog log, Action<SentLog> change)
    {
        lock (log.Gate)
        {
            var before = log.InMemory;
            change(log);
            Interlocked.Add(ref _inMemory, log.InMemory - before);
        }
    }

    /// <summary>Texts are erased: none of them is sent from memory.</summary>
    public void Forget(LiveVideoId id)
    {
        if (_logs.TryGetValue(id, out var log)) Change(log, known => known.Forget());
    }

    /// <summary>
    /// Removes a log, within its gate, if nothing is under way; false if something is. Who appends next holds it anew, and writes that
    /// behind what <paramref name="write"/> begins to write.
    /// </summary>
    public bool TryRemove(SentLog log, Func<Task> write, [NotNullWhen(true)] out Task? written)
    {
        written = null;
        if (log.Appending > 0 || log.IsSending || log.Held is { IsCompleted: false }) return false;
        written = write();
        log.IsGone = true;
        _logs.TryRemove(new(log.Log, log));
        Interlocked.Add(ref _inMemory, -log.InMemory);
        return true;
    }

    private async Task HoldAsync(SentLog log, UnsentKind kind, CommentId last, Guid of, Task? before = null)
    {
        if (before is not null) await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await list.WriteAsync(log.Log, kind, last, of).ConfigureAwait(false);
        var position = list.Mine(log.Log)?.Position;
        lock (log.Gate)
        {
            if (position is not { } known) return;
            log.Written = known;
            if (log.Position is not null) return;
            // What others have not sent comes first.
            log.Position = known;
            if (known < last) log.MayHaveMore = true;
        }
    }
}
