namespace LiveComments.Firehose;

/// <summary>
/// How far the entries of one log were sent, and the last of them in memory. <see cref="Gate"/> is taken for all of which nothing else is
/// said.
/// </summary>
internal sealed class SentLog(LiveVideoId log, ICommentStore store)
{
    private const int MostInMemory = 500;

    private readonly Queue<LogEntry> _recent = [];

    // The entries in memory follow on the first, and the last of them is the second.
    private CommentId _recentFollows;
    private CommentId _recentEnd;

    /// <summary>Which log.</summary>
    public LiveVideoId Log => log;

    /// <summary>Guards it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Reads what is not in memory. One thread uses it at a time: the one that sends.</summary>
    public ForwardReader Reader { get; } = new(store, log);

    /// <summary>All up to here was sent; null before it is known.</summary>
    public CommentId? Position { get; set; }

    /// <summary>The position that the list has.</summary>
    public CommentId Written { get; set; }

    /// <summary>The last entry that is known.</summary>
    public CommentId End { get; set; }

    /// <summary>
    /// Whether there may be entries after <see cref="End"/>: another owner has written, or it is not known how an append ended.
    /// </summary>
    public bool MayHaveMore { get; set; }

    /// <summary>Completes when this process holds the log; null if it does not.</summary>
    public Task? Held { get; set; }

    /// <summary>How many appends are under way.</summary>
    public int Appending { get; set; }

    /// <summary>Whether it waits for its turn, or for the end of a pause.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether entries are under way.</summary>
    public bool IsSending { get; set; }

    /// <summary>How often in a row entries were not taken.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it is no longer known here: whoever has it looks it up again.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether something happened since the last look.</summary>
    public bool IsActive { get; set; }

    /// <summary>About how many entries were not sent; at least so many if others have appended them.</summary>
    public long Unsent { get; set; }

    /// <summary>When the oldest of them came, at the earliest; null if there is none.</summary>
    public DateTimeOffset? Oldest { get; set; }

    /// <summary>How many entries are in memory.</summary>
    public int InMemory => _recent.Count;

    /// <summary>Whether all was sent.</summary>
    public bool IsInSync => Position >= End && !MayHaveMore && !IsSending;

    /// <summary>Whether it may send now.</summary>
    public bool IsReady => !IsGone && Held is { IsCompletedSuccessfully: true } && Position is not null && !IsSending && !IsInSync;

    /// <summary>Takes note of what was appended.</summary>
    public void Add(CommentId follows, IReadOnlyList<LogEntry> entries, bool keep)
    {
        End = entries[^1].Id > End ? entries[^1].Id : End;
        Unsent += entries.Count;
        Oldest ??= entries[0].Id.CreatedAt;
        IsActive = true;
        if (!keep)
        {
            Forget();
            return;
        }

        if (_recentEnd != follows)
        {
            _recent.Clear();
            _recentFollows = follows;
        }

        foreach (var entry in entries) _recent.Enqueue(entry);
        _recentEnd = entries[^1].Id;
        while (_recent.Count > MostInMemory) _recentFollows = _recent.Dequeue().Id;
    }

    /// <summary>Removes the entries from memory: they are read from the log, which has none that were erased.</summary>
    public void Forget()
    {
        _recent.Clear();
        _recentFollows = _recentEnd = CommentId.Max;
    }

    /// <summary>The next entries, if they are in memory; else null.</summary>
    public LogRun? FromMemory(int limit)
    {
        if (Position is not { } position || _recent.Count == 0 || _recentFollows > position || _recentEnd <= position) return null;
        var next = _recent.Where(entry => entry.Id > position).Take(limit).ToList();
        return new(next, next[^1].Id, AtEnd: false);
    }

    /// <summary>Takes note that all up to an id was sent.</summary>
    public void Sent(CommentId upTo, int entries)
    {
        Position = upTo;
        IsActive = true;
        Unsent = Math.Max(0, Unsent - entries);
        while (_recent.TryPeek(out var first) && first.Id <= upTo) _recentFollows = _recent.Dequeue().Id;
        var isInSync = upTo >= End && !MayHaveMore;
        if (isInSync) Unsent = 0;
        // Of what is not in memory it is known only that it came later.
        if (isInSync) Oldest = null;
        else if (_recent.TryPeek(out var next) && _recentFollows <= upTo) Oldest = next.Id.CreatedAt;
        else if (Oldest is not null) Oldest = upTo.CreatedAt;
    }

    /// <summary>Takes note of what was read.</summary>
    public void Found(LogRun run, CommentId endBefore)
    {
        Unsent = Math.Max(Unsent, run.Entries.Count);
        if (run.Entries.Count > 0) Oldest = run.Entries[0].Id.CreatedAt;
        if (!run.AtEnd || End != endBefore) return;
        // Also where the log was cut: a store that was put back.
        End = run.UpTo;
        MayHaveMore = false;
    }
}
