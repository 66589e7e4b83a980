namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// What has come of a video from the upstream: its last entries, and how far they reach. A viewer that knows of a later one can wait for
/// it.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="freshness">When that is over nothing is read here any more.</param>
internal sealed class ReceivedComments(TimeProvider time, Freshness freshness)
{
    private const int MaxRecent = 256;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private RecentComments _recent = new(MaxRecent, CommentId.Max);
    private TaskCompletionSource _changed = NewChange();
    private KnownRemovals _removals = new(CommentId.None, null);
    private readonly HashSet<CommentId> _early = [];
    private CommentId _last;
    private CommentId? _lastRemoval;
    private bool _isComing;

    /// <summary>The last entry that came; <see cref="CommentId.None"/> if none has.</summary>
    public CommentId Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>The last removal that the log had when it began, or that came since; null if that is not known.</summary>
    public CommentId? LastRemoval
    {
        get
        {
            lock (_gate) return _lastRemoval;
        }
    }

    /// <summary>Begins with the newest page of the log.</summary>
    public void Begin(CommentPage page)
    {
        lock (_gate)
        {
            // A log whose old end was removed is never here as a whole: who reads to its beginning is told so by the upstream.
            var floor = page.NextCursor is { } cursor ? new(cursor.Value - 1) : page.Expired ? CommentId.None.Successor : CommentId.None;
            _recent = new(MaxRecent, floor);
            _last = page.LastEntry;
            _lastRemoval = page.LastRemoval;
            _removals = new(_last, _lastRemoval);
            foreach (var comment in page.Comments.Reverse()) _recent.Add(comment);
            foreach (var removal in (page.Removals ?? []).Reverse()) _recent.Add(removal);
        }
    }

    /// <summary>Keeps a batch that came.</summary>
    public void Add(CommentBatch batch)
    {
        lock (_gate)
        {
            // The order of the two does not matter to what is here in the end.
            foreach (var comment in batch.Comments)
                if (_early.Count == 0 || !_removals.Include(comment)) _recent.Add(comment);
            foreach (var removal in batch.Removals)
            {
                _recent.Add(removal);
                if (!_early.Remove(removal.Id)) _removals.Add(removal);
                _lastRemoval = removal.Id;
            }
        }
    }

    /// <summary>Takes back what a removal does whose place comes later; false if it is known.</summary>
    public bool TryAddEarly(Removal removal)
    {
        lock (_gate)
        {
            if (removal.Id <= _last || !_early.Add(removal.Id)) return false;
            _recent.Drop(removal.Removed);
            _removals.Add(removal);
            return true;
        }
    }

    /// <summary>Begins anew after an entry: those between it and the last that came will not come.</summary>
    public void Restart(CommentId last, CommentId? lastRemoval)
    {
        lock (_gate)
        {
            _recent = new(MaxRecent, last);
            if (lastRemoval is null || lastRemoval > _last) _removals.Skip(last);
            _lastRemoval = lastRemoval;
            // They are told again.
            _early.Clear();
        }
    }

    /// <summary>A page of the upstream without what is known to be removed; null if it is too old for that.</summary>
    public CommentPage? Apply(CommentPage page)
    {
        lock (_gate) return _removals.Apply(page);
    }

    /// <summary>All up to this entry have come and been passed on.</summary>
    public void Advance(CommentId last)
    {
        lock (_gate)
        {
            _last = last;
            TellChange();
        }
    }

    /// <summary>Says whether more comes: not while the stream is broken.</summary>
    public void SetComing(bool isComing)
    {
        lock (_gate)
        {
            _isComing = isComing;
            TellChange();
        }
    }

    /// <summary>A page of what precedes a known comment, or null if part of it is not here.</summary>
    public CommentPage? TryRead(CommentId before, int limit)
    {
        if (freshness.IsOver) return null;
        lock (_gate) return before <= _last.Successor ? Dated(_recent.TryRead(before, limit)) : null;
    }

    /// <summary>As much of the newest page as is here, or null if nothing of it is.</summary>
    public CommentPage? TryReadNewest(int limit)
    {
        if (freshness.IsOver) return null;
        lock (_gate) return Dated(_recent.TryReadPart(CommentId.Max, limit));
    }

    /// <summary>Waits until a comment has been passed on; for a second at most, and not while nothing comes.</summary>
    public async Task ReachAsync(CommentId comment, CancellationToken ended)
    {
        Task? deadline = null;
        do
        {
            Task changed;
            lock (_gate)
            {
                if (_last >= comment || !_isComing) return;
                changed = _changed.Task;
            }

            deadline ??= Task.Delay(MaxWait, time, ended);
            await Task.WhenAny(changed, deadline);
        }
        while (!deadline.IsCompleted);
    }

    private CommentPage? Dated(CommentPage? page) => page is null ? null : page with { AsOf = _last, LastRemoval = _lastRemoval };

    /// <summary>Completes when all up to an entry have come and been passed on.</summary>
    public async Task HasAsync(CommentId entry, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_last >= entry) return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellation);
        }
    }

    private void TellChange()
    {
        _changed.SetResult();
        _changed = NewChange();
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
