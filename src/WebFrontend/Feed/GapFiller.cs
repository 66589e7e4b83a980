namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// Appends batches to a ring in the order of the log. A batch that comes before its predecessor is held. What is missing before it mostly
/// comes a moment later; else the owner is asked for it, and if that does not have it the log is read.
/// </summary>
/// <param name="reader">Where missing comments are read.</param>
/// <param name="ring">The ring.</param>
/// <param name="removals">The removals that are known.</param>
/// <param name="gate">Guards the ring. The caller of <see cref="TryAppend"/> holds it.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where reads that fail are logged.</param>
/// <param name="metrics">Where it is counted what brought missing comments.</param>
/// <param name="filled">Called when a gap has been filled.</param>
/// <param name="closed">Cancelled when the feed is closed: nothing is read any more.</param>
internal sealed class GapFiller(
    MissingReader reader,
    CommentRing ring,
    KnownRemovals removals,
    Lock gate,
    TimeProvider time,
    FeedLog log,
    FeedMetrics metrics,
    Action filled,
    CancellationToken closed)
{
    /// <summary>How long to wait before a read that failed is made again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long to wait for what is missing before it is read: batches overtake each other on their way, by no more than this.
    /// </summary>
    public static readonly TimeSpan Overtaking = TimeSpan.FromMilliseconds(30);

    // Batches that wait for what comes before them: the one that follows on the oldest comment first.
    private readonly PriorityQueue<CommentBatch, CommentId> _held = new();
    // The removals that were told before their places, which have not come yet.
    private readonly List<Removal> _early = [];
    private CommentId _missingUpTo;
    private bool _filling;

    /// <summary>Completes when nothing is missing.</summary>
    public Task Filling { get; private set; } = Task.CompletedTask;

    /// <summary>Appends a batch, and those that waited for it; false if it is held.</summary>
    public bool TryAppend(CommentBatch batch)
    {
        if (Append(batch))
        {
            AppendHeld();
            return true;
        }

        Hold(batch);
        return false;
    }

    /// <summary>Tells of removals before their places; false if all of them are known.</summary>
    public bool TryAppendEarly(IReadOnlyList<Removal> early)
    {
        var isNews = false;
        foreach (var removal in early)
        {
            if (removal.Id <= ring.Last || _early.Any(known => known.Id == removal.Id)) continue;
            _early.Add(removal);
            removals.Add(removal);
            ring.AppendEarly(removal);
            isNews = true;
        }

        return isNews;
    }

    /// <summary>False if the batch follows on an entry that has not come.</summary>
    private bool Append(CommentBatch batch)
    {
        if (batch.Follows > ring.Last) return false;
        Append(batch.Comments, batch.Removals);
        return true;
    }

    /// <summary>Appends what the ring does not have yet, in the order of the log.</summary>
    private void Append(IReadOnlyList<Comment> comments, IReadOnlyList<Removal> removed)
    {
        var next = 0;
        foreach (var comment in comments)
        {
            AppendBelow(comment.Id);
            if (comment.Id <= ring.Last) continue;
            // Its removal may have come before it.
            if (_early.Count > 0 && _early.Exists(early => early.Removed.Include(comment))) ring.Advance(comment.Id);
            else ring.Append(comment);
        }

        AppendBelow(CommentId.Max);

        void AppendBelow(CommentId id)
        {
            for (; next < removed.Count && removed[next].Id < id; next++)
            {
                if (removed[next].Id <= ring.Last) continue;
                if (removed[next].Removed.AreNone)
                {
                    ring.Advance(removed[next].Id);
                    continue;
                }

                if (_early.RemoveAll(early => early.Id == removed[next].Id) == 0) removals.Add(removed[next]);
                else if (_early.Count == 0) ring.EndEarly();
                ring.Append(removed[next]);
            }
        }
    }

    /// <summary>What was told before its place may have been missed by some: tells it again.</summary>
    private void TellEarlyAgain()
    {
        Removal[] early = [.. _early];
        _early.Clear();
        TryAppendEarly(early);
    }

    private void AppendHeld()
    {
        while (_held.TryPeek(out var next, out _) && Append(next)) _held.Dequeue();
    }

    private void Hold(CommentBatch batch)
    {
        _held.Enqueue(batch, batch.Follows);
        if (batch.Follows > _missingUpTo) _missingUpTo = batch.Follows;
        if (_filling) return;
        _filling = true;
        Filling = FillAsync();
    }

    private async Task FillAsync()
    {
        var wait = Overtaking;
        do
        {
            await Task.Delay(wait, time, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (closed.IsCancellationRequested) return;
            wait = RetryAfter;
        }
        while (!await TryFillAsync());
        filled();
    }

    private async Task<bool> TryFillAsync()
    {
        CommentId first, last;
        lock (gate)
        {
            if (IsFilled())
            {
                metrics.FilledByLateBatch();
                return true;
            }

            (first, last) = (ring.Last, _missingUpTo);
        }

        try
        {
            if (await reader.AskOwnerAsync(first) is { } missed && TryFill(missed)) return true;
            var read = await reader.ReadLogAsync(first, last);
            metrics.FilledByLog();
            lock (gate)
            {
                if (removals.Apply(read) is not { } page) return false;
                // More was missed than is ever replayed: the viewers are told of a gap.
                if (page.NextCursor is { } start && start > ring.Last)
                {
                    if (page.LastRemoval is not { } removal || removal > ring.Last) removals.Skip(start);
                    ring.Restart(start);
                    TellEarlyAgain();
                }

                Append([.. page.Comments.Reverse()], [.. (page.Removals ?? []).Reverse()]);
                ring.Advance(last);
                AppendHeld();
                return IsFilled();
            }
        }
        catch (Exception exception)
        {
            // Whatever it is: to give up would hold back all that comes later.
            log.NotRead(reader.LiveVideo, exception);
            return false;
        }
    }

    /// <summary>Appends what the owner says that is missing, and what waited for it; false if more is.</summary>
    private bool TryFill(CommentBatch missed)
    {
        lock (gate)
        {
            // An owner that does not have all tells where its log ends, which follows on nothing here.
            if (!Append(missed)) return false;
            AppendHeld();
            if (!IsFilled()) return false;
            metrics.FilledByOwner();
            return true;
        }
    }

    private bool IsFilled()
    {
        if (_held.Count > 0) return false;
        _filling = false;
        return true;
    }
}
