using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// The entries of one video as they reach this node: one subscription, and the ring that it fills. Older comments are read and put in
/// front if a viewer asks for them.
/// </summary>
/// <param name="liveVideoId">The video.</param>
/// <param name="liveVideos">The source of its comments.</param>
/// <param name="replay">The most missed comments that a viewer that reconnects is sent; if it missed more it gets a gap event.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where reads that fail are logged.</param>
/// <param name="metrics">Where it is counted what brought missing comments.</param>
/// <param name="changed">Called when comments have come. It must return soon: the video waits for it.</param>
/// <param name="ownerChanged">Called when another node owns the video.</param>
/// <param name="stale">Called while what has come is too old to be passed on.</param>
internal sealed class CommentFeed(
    LiveVideoId liveVideoId,
    ILiveVideoReader liveVideos,
    int replay,
    TimeProvider time,
    FeedLog log,
    FeedMetrics metrics,
    Action changed,
    Action ownerChanged,
    Action stale)
    : ILiveVideoObserver, IAsyncDisposable
{
    /// <summary>The most comments that a viewer is given when it joins.</summary>
    public const int MaxBacklog = 200;

    private const int FirstHistoryRead = 50;

    // So many reads that are older than the removals that are known; the next viewer tries again.
    private const int MostOutdated = 3;

    private readonly Lock _gate = new();
    private readonly SharedAttempt _opening = new();
    private readonly SharedAttempt _reading = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly WriteBatchCache _batches = new();

    // Batches that came before the subscription said where it starts.
    private readonly List<CommentBatch> _beforeStart = [];
    private volatile ILiveVideoSubscription? _subscription;
    private CommentRing? _ring;
    private KnownRemovals? _removals;
    private GapFiller? _filler;
    private CommentId _settingsVersion;
    private volatile SsePayload? _settings;
    private VideoSettings _shown = VideoSettings.Default;
    private readonly PinnedEvent _pin = new();
    private volatile bool _hasEnded;
    private long _end;
    private long _delay;

    /// <inheritdoc cref="CommentRing.Removed"/>
    public Action<CommentId, List<long>, long>? Removed { get; init; }

    /// <summary>Whether the video has a comment, as far as is known here.</summary>
    public bool HasComments
    {
        get
        {
            lock (_gate) return _ring is { } ring && ring.Last != CommentId.None;
        }
    }

    /// <summary>
    /// Whether an entry has come, if it is one; before there is a subscription nobody is sent anything, so nothing is missing.
    /// </summary>
    public bool HasCome(CommentId entry)
    {
        lock (_gate) return _ring is null || _ring.Last >= entry;
    }

    /// <summary>Whether its subscription is being opened.</summary>
    public bool IsOpening => !_opening.UnderWay.IsCompleted;

    /// <summary>The event that tells the settings, the same object until they change; null if nobody has ever changed them.</summary>
    public SsePayload? Settings => _settings;

    /// <summary>The event that tells which comment is pinned, the same object until that changes; null if none ever was.</summary>
    public SsePayload? Pin => _pin.Payload;

    /// <summary>Called when <see cref="HasEnded"/> has become true. It must return soon: the video waits for it.</summary>
    public Action? Ended { get; init; }

    /// <summary>Whether the live video is over for everybody, as far as is known here. Moderators go on: they may open it again.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>How long comments wait before everybody may see them.</summary>
    public TimeSpan Delay => new(Volatile.Read(ref _delay));

    /// <summary>The position after the newest comment.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>
    /// Reads what a viewer needs: all comments after <paramref name="after"/>, or if that is null the last <paramref name="backlog"/>.
    /// </summary>
    /// <exception cref="CommentsUnavailableException">The comments cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The viewer has gone.</exception>
    public async Task PrepareAsync(CommentId? after, int backlog, CancellationToken gone = default)
    {
        if (_subscription is { } open) await SyncAsync(open).WaitAsync(gone);
        else await _opening.RunAsync(OpenAsync, gone);
        // If many viewers come together, they share a read.
        while (Missing(after, backlog) is (var floor, var count)) await _reading.RunAsync(() => PrependAsync(floor, count), gone);
    }

    /// <summary>
    /// The cursor of a viewer that needs all comments after <paramref name="after"/>, or if that is null the last
    /// <paramref name="backlog"/>.
    /// </summary>
    public Cursor Begin(CommentId? after, int backlog)
    {
        lock (_gate)
        {
            var ring = _ring!;
            if (after is { } id)
            {
                // Ahead of this node another may be; ahead of the time is nobody, and who says so gets what comes.
                if (id > ring.Last && id.CreatedAt > time.GetUtcNow() + CommentClock.MaxStep) id = ring.Last;
                var resumed = ring.PositionAfter(id);
                // Over a gap it is sent the backlog. Where that begins no later than what it missed, as it may if most of that is removals,
                // there is no gap.
                var isNear = ring.End - resumed <= replay || ring.PositionOfLast(backlog) <= resumed;
                return new(isNear ? resumed : ring.Start - 1, id, backlog);
            }

            var position = ring.PositionOfLast(backlog);
            return new(position, position > ring.Start ? ring[position - 1].Id : ring.Floor, backlog);
        }
    }

    /// <summary>What the viewer at <paramref name="cursor"/> gets next; null if it has everything.</summary>
    public WriteBatch? Read(in Cursor cursor)
    {
        if (_batches.TryGet(cursor, End) is { } batch) return batch;
        lock (_gate) return _batches.Make(_ring!, _removals!, cursor);
    }

    /// <summary>The comment at a position, or the oldest after it that is still here; null if there is none.</summary>
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
        bool ends;
        lock (_gate)
        {
            var hadEnded = _hasEnded;
            var hasNews = TryTake(batch.Settings);
            ends = _hasEnded && !hadEnded;
            if (_filler is null)
            {
                _beforeStart.Add(batch);
                return;
            }

            if (Append(batch))
            {
                hasNews = true;
                if (batch.Removals.Count + batch.Early.Count > 0) _batches.Clear();
                Volatile.Write(ref _end, _ring!.End);
            }

            if (!hasNews) return;
        }

        changed();
        if (ends) Ended?.Invoke();
    }

    /// <inheritdoc/>
    public void OnOwnerChanged() => ownerChanged();

    /// <inheritdoc/>
    public void OnStale() => stale();

    /// <summary>Ends the subscription.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        // Those who waited for it may have gone, and it comes all the same.
        await _opening.UnderWay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_subscription is not null) await _subscription.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        if (_subscription is not null) return;
        var subscription = await liveVideos.SubscribeAsync(liveVideoId, this);
        lock (_gate)
        {
            _ring = new(Math.Max(replay, MaxBacklog), subscription.Start, forModerators: liveVideoId.IsOfStaff) { Removed = Removed };
            _removals = new(subscription.Start, subscription.LastRemoval);
            var reader = new MissingReader(liveVideoId, liveVideos, subscription, replay);
            _filler = new(reader, _ring, _removals, _gate, time, log, metrics, Filled, _closed.Token);
            TryTake(subscription.Settings);
            foreach (var batch in _beforeStart) Append(batch);
            _beforeStart.Clear();
            Volatile.Write(ref _end, _ring.End);
        }

        _subscription = subscription;
    }

    /// <summary>Takes a batch to the ring; false if nothing came to it. The caller holds the gate.</summary>
    private bool Append(CommentBatch batch)
    {
        var hasNews = _filler!.TryAppend(batch) | _filler.TryAppendEarly(batch.Early);
        _pin.Drop(_removals!);
        return hasNews;
    }

    /// <summary>Reads so many comments below an id and puts them in front.</summary>
    private async Task PrependAsync(CommentId floor, int count)
    {
        for (var outdated = 0; outdated < MostOutdated; outdated++)
        {
            var page = await liveVideos.ReadAsync(liveVideoId, floor.Successor, count + 1);
            lock (_gate)
            {
                if (_removals!.Apply(page) is not { } current) continue;
                if (_ring!.Floor == floor) _ring.Prepend(current, count);
                return;
            }
        }

        // Who falls behind what it has said itself does not get there by being asked for ever.
        throw new CommentsUnavailableException("What is read is older than what is known to be removed.");
    }

    /// <summary>Takes settings over; false if they are no news. The caller holds the gate.</summary>
    private bool TryTake(VideoSettings? settings)
    {
        if (settings is null || settings.Version < _settingsVersion) return false;
        // Of one version the comment may only have been removed.
        if (settings.Version == _settingsVersion) return settings.PinnedComment is null && _pin.TryTake(settings);
        _settingsVersion = settings.Version;
        _pin.TryTake(settings);
        var shown = settings with { Version = default, PublicUpTo = default, Pinned = null, PinnedComment = null };
        if (_settings is null || shown != _shown) (_shown, _settings) = (shown, SsePayload.Of(SseEvent.Settings(settings)));
        _hasEnded = settings.State == VideoState.Ended && !liveVideoId.IsOfStaff && !liveVideoId.HoldsHeldComments;
        Volatile.Write(ref _delay, liveVideoId.IsOfStaff ? 0 : TimeSpan.FromSeconds(settings.DelaySeconds).Ticks);
        return true;
    }

    /// <summary>Waits until comments that were acknowledged before, on any node, are here.</summary>
    private async Task SyncAsync(ILiveVideoSubscription subscription)
    {
        await subscription.SyncAsync();
        Task filling;
        lock (_gate) filling = _filler!.Filling;
        // While the store fails this may take long. The stream brings what is missing.
        if (!filling.IsCompleted) await Task.WhenAny(filling, Task.Delay(GapFiller.RetryAfter, time));
    }

    private void Filled()
    {
        lock (_gate)
        {
            _batches.Clear();
            _pin.Drop(_removals!);
            Volatile.Write(ref _end, _ring!.End);
        }

        changed();
    }

    /// <summary>The id below which older comments must be read, and how many; null if enough are here.</summary>
    private (CommentId Floor, int Count)? Missing(CommentId? after, int backlog)
    {
        lock (_gate)
        {
            if (_ring is null) return (CommentId.None, 0);
            if (_ring.IsComplete || _ring.IsFull || after >= _ring.Floor) return null;
            // How far back the viewer was is not known before its comment is found. Begin small: most viewers were here a moment ago.
            var count = after is not null && _ring.Count < replay
                ? Math.Min(Math.Max(FirstHistoryRead, _ring.Count), replay - _ring.Count)
                : backlog - _ring.Comments;
            return count > 0 ? (_ring.Floor, count) : null;
        }
    }
}
