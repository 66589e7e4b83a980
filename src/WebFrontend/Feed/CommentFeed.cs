using LiveComments.WebFrontend.FanOut;
namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// The comments of one video as they reach this node: the one subscription to it, and the ring that is filled from there. Older comments are
/// read in front where a viewer asks for them, missed ones where a batch shows that there are some.
/// </summary>
internal sealed class CommentFeed(
    LiveVideoId liveVideoId, ILiveVideoReader liveVideos, int replay, TimeProvider time, Action onNews, Action onOwnerChanged)
    : ILiveVideoObserver, IAsyncDisposable
{
    /// <summary>The most comments that a viewer is given when it joins.</summary>
    public const int MaxBacklog = 200;

    private const int FirstHistoryRead = 50;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _preparing = new(1);
    private readonly WriteBatchCache _steps = new();
    private CommentRing? _ring;
    private volatile ILiveVideoSubscription? _watch;
    private Task _catchingUp = Task.CompletedTask;
    private long _end;

    // Batches that wait until the ring has what comes before them; null where it has.
    private List<CommentBatch>? _held = [];

    /// <summary>The position after the newest comment.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>
    /// Makes ready what a viewer needs that has had all up to <paramref name="after"/>, or else wants the last <paramref name="backlog"/>.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task PrepareAsync(CommentId? after, int backlog)
    {
        if (_watch is null) await OpenAsync();
        else await SyncAsync(_watch);
        // A storm of viewers passes here; only the first of them waits for a read.
        if (Missing(after, backlog) is null) return;
        await _preparing.WaitAsync();
        try
        {
            while (Missing(after, backlog) is (var floor, var count))
            {
                var page = await liveVideos.ReadAsync(liveVideoId, floor.Successor, count + 1);
                lock (_gate)
                {
                    if (_ring!.Floor == floor) _ring.Prepend(page, count);
                }
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>Puts a viewer at the place where it begins.</summary>
    public void Place(Viewer viewer, CommentId? after)
    {
        lock (_gate)
        {
            var ring = _ring!;
            if (after is { } id)
            {
                var position = ring.PositionAfter(id);
                viewer.Position = ring.End - position <= replay ? position : ring.Start - 1;
                viewer.Last = id;
            }
            else
            {
                viewer.Position = Math.Max(ring.Start, ring.End - viewer.Backlog);
                viewer.Last = viewer.Position > ring.Start ? ring[viewer.Position - 1].Id : ring.Floor;
            }
        }
    }

    /// <summary>What <paramref name="viewer"/> gets next; null where it has everything.</summary>
    public WriteBatch? Read(Viewer viewer)
    {
        if (_steps.TryGet(viewer.Position, End) is { } step) return step;
        lock (_gate) return _steps.Make(_ring!, viewer);
    }

    /// <summary>The comment at a position, or the oldest after it that is still here; null where there is none.</summary>
    public CommentId? IdAt(long position)
    {
        lock (_gate)
        {
            position = Math.Max(position, _ring!.Start);
            return position < _ring.End ? _ring[position].Id : null;
        }
    }

    /// <inheritdoc/>
    public void OnBatch(CommentBatch batch)
    {
        lock (_gate)
        {
            if (_held is not null)
            {
                _held.Add(batch);
                return;
            }

            if (!TryAppend(batch))
            {
                _held = [batch];
                _catchingUp = CatchUpAsync();
                return;
            }
        }

        onNews();
    }

    /// <inheritdoc/>
    public void OnOwnerChanged() => onOwnerChanged();

    /// <summary>Ends the subscription.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_watch is not null) await _watch.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        await _preparing.WaitAsync();
        try
        {
            if (_watch is not null) return;
            var watch = await liveVideos.WatchAsync(liveVideoId, this);
            lock (_gate)
            {
                _ring = new(Math.Max(replay, MaxBacklog), watch.Start);
                if (!TryAppendHeld()) _catchingUp = CatchUpAsync();
            }

            _watch = watch;
        }
        finally
        {
            _preparing.Release();
        }
    }

    /// <summary>Makes sure that a viewer who knows of a comment finds it here, whichever node it was posted to.</summary>
    private async Task SyncAsync(ILiveVideoSubscription watch)
    {
        await watch.SyncAsync();
        Task catchingUp;
        lock (_gate) catchingUp = _catchingUp;
        if (catchingUp.IsCompleted) return;
        // While the store fails it may take long; what is missing comes over the stream then.
        await Task.WhenAny(catchingUp, Task.Delay(RetryAfter, time));
    }

    /// <summary>The place below which older comments are to be read, and how many; null where enough are here.</summary>
    private (CommentId Floor, int Count)? Missing(CommentId? after, int backlog)
    {
        lock (_gate)
        {
            if (_ring is null) return (CommentId.None, 0);
            if (_ring.Floor == CommentId.None || _ring.IsFull || after >= _ring.Floor) return null;
            // How far back a viewer was is not known before it is found: begin small, most were here a moment ago.
            var count = after is not null && _ring.Count < replay
                ? Math.Min(Math.Max(FirstHistoryRead, _ring.Count), replay - _ring.Count)
                : backlog - _ring.Count;
            return count > 0 ? (_ring.Floor, count) : null;
        }
    }

    /// <summary>False where the batch follows on a comment that has not come.</summary>
    private bool TryAppend(CommentBatch batch)
    {
        var ring = _ring!;
        if (batch.Follows > ring.Last) return false;
        foreach (var comment in batch.Comments)
            if (comment.Id > ring.Last) ring.Append(comment);
        Volatile.Write(ref _end, ring.End);
        return true;
    }

    private bool TryAppendHeld()
    {
        var held = _held!;
        held.RemoveRange(0, held.TakeWhile(TryAppend).Count());
        if (held.Count > 0) return false;
        _held = null;
        return true;
    }

    private async Task CatchUpAsync()
    {
        while (!await TryCatchUpAsync()) await Task.Delay(RetryAfter, time);
        onNews();
    }

    private async Task<bool> TryCatchUpAsync()
    {
        CommentId target;
        lock (_gate) target = _held![^1].Follows;
        try
        {
            var page = await liveVideos.ReadAsync(liveVideoId, target.Successor, replay + 1);
            lock (_gate)
            {
                var ring = _ring!;
                // More was missed than is ever replayed: the viewers are told of a gap.
                if (page.NextCursor is not null && page.Comments[^1].Id > ring.Last) ring.Restart(page.Comments[^1].Id);
                TryAppend(new(ring.Last, [.. page.Comments.Reverse()]));
                return TryAppendHeld();
            }
        }
        catch (CommentsUnavailableException)
        {
            return false;
        }
    }
}
