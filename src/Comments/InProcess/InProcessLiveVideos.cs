namespace LiveComments;

/// <summary>Hosts the live videos in this process: one actor for each video in use.</summary>
public sealed class InProcessLiveVideos : ILiveVideos, IDisposable
{
    private readonly IdleCache<LiveVideoId, Actor> _actors;
    private readonly ICommentStore _store;
    private readonly PeriodicTimer? _ownerChecks;
    private readonly PostAdmission _admission;
    private readonly LiveVideoLog? _log;

    /// <summary>Hosts the videos whose logs are in <paramref name="store"/>.</summary>
    public InProcessLiveVideos(
        ICommentStore store,
        LiveVideoOptions options,
        TimeProvider time,
        CommentMetrics metrics,
        LiveVideoLog? log = null,
        SiteBans? siteBans = null)
    {
        (_store, _log) = (store, log);
        _admission = new(options.MaxWaitingPosts, metrics);
        var clock = time as CommentClock ?? new CommentClock(time);
        _actors = new(
            activate: id => new(turns => new(id, store, options, clock, metrics, log, turns.AfterTurn, siteBans)),
            deactivate: _ => { },
            options.IdleAfter,
            time,
            // A video without comments leaves at once, so that requests for random ids leave nothing behind.
            stays: actor => actor.HasComments);
        metrics.ObserveActiveVideos(() => _actors.Count);
        if (options.CheckOwnerEvery is not { } every) return;
        _ownerChecks = new(every, time);
        _ = CheckOwnersAsync(_ownerChecks);
    }

    /// <summary>How many videos are in memory.</summary>
    public int ActiveVideos => _actors.Count;

    /// <inheritdoc/>
    public async Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft)
    {
        // However many posts wait, moderators are not kept from their work.
        var needsPlace = !liveVideoId.HoldsAudit;
        if (needsPlace && !_admission.TryEnter()) return new(PostStatus.Overloaded);
        try
        {
            using var lease = _actors.Enter(liveVideoId);
            return await lease.Value.RunAsync(video => video.PostAsync(draft));
        }
        finally
        {
            if (needsPlace) _admission.Leave();
        }
    }

    /// <inheritdoc/>
    public async Task<RemovalOutcome> RemoveAsync(LiveVideoId liveVideoId, RemovalRequest request)
    {
        using var lease = _actors.Enter(liveVideoId);
        return await lease.Value.RunAsync(video => video.RemoveAsync(request));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Ban>> ReadBansAsync(LiveVideoId liveVideoId)
    {
        using var lease = _actors.Enter(liveVideoId);
        return await lease.Value.RunAsync(video => video.ReadBansAsync());
    }

    /// <inheritdoc/>
    public async Task<VideoSettings> ReadSettingsAsync(LiveVideoId liveVideoId)
    {
        // Where another owner is possible it may have changed them a moment ago.
        if (_ownerChecks is not null || !_actors.Contains(liveVideoId)) return await SettingsLog.ReadAsync(_store, liveVideoId);
        using var lease = _actors.Enter(liveVideoId);
        return await lease.Value.RunAsync(video => video.ReadSettingsAsync());
    }

    /// <inheritdoc/>
    public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => _store.FindAsync(liveVideoId, id);

    /// <inheritdoc/>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        liveVideoId = liveVideoId.Whole;
        // If the video is not active, read from the store without activating it.
        if (!_actors.Contains(liveVideoId)) return await _store.ReadPageAsync(liveVideoId, before, limit);

        using var lease = _actors.Enter(liveVideoId);
        return await lease.Value.RunAsync(video => video.ReadAsync(before, limit));
    }

    /// <inheritdoc/>
    public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        var moderates = liveVideoId.IsOfStaff;
        var lease = _actors.Enter(liveVideoId.Whole);
        try
        {
            var (start, lastRemoval, settings) = await lease.Value.RunAsync(async video =>
                (await video.SubscribeAsync(observer, moderates), video.LastRemoval, moderates ? video.Settings : video.PublicSettings));
            return new Subscription(lease, observer, start, lastRemoval, settings, mayBeOvertaken: _ownerChecks is not null);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Stops deactivating idle videos. Posts under way complete.</summary>
    public void Dispose()
    {
        _ownerChecks?.Dispose();
        _actors.Dispose();
    }

    private async Task CheckOwnersAsync(PeriodicTimer checks)
    {
        // Only so many at a time: a check is never urgent, and appends need the store.
        var atATime = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        while (await checks.WaitForNextTickAsync())
            await Parallel.ForEachAsync(_actors.Snapshot(), atATime, (active, _) => new(CheckOwnerAsync(active.Key, active.Value)));
    }

    private async Task CheckOwnerAsync(LiveVideoId id, Actor actor)
    {
        try
        {
            await actor.RunAsync(async video =>
            {
                await video.CheckOwnerAsync();
                return true;
            });
        }
        catch (Exception exception)
        {
            // A defect in a store or an observer. It ends neither the checks nor those of other videos.
            _log?.CheckFailed(id, exception);
        }
    }

    /// <summary>A live video and the turns that it runs in.</summary>
    private sealed class Actor
    {
        private readonly ActorTaskScheduler _turns = new();
        private readonly LiveVideo _video;

        public Actor(Func<ActorTaskScheduler, LiveVideo> video) => _video = video(_turns);

        /// <summary>Whether the log has comments, as far as the owner knows.</summary>
        public bool HasComments => _video.Last != CommentId.None;

        public Task<T> RunAsync<T>(Func<LiveVideo, Task<T>> turn) => _turns.RunAsync(() => turn(_video));
    }

    private sealed class Subscription(
        IdleCache<LiveVideoId, Actor>.Lease lease,
        ILiveVideoObserver observer,
        CommentId start,
        CommentId lastRemoval,
        VideoSettings settings,
        bool mayBeOvertaken)
        : ILiveVideoSubscription
    {
        public CommentId Start => start;

        public CommentId? LastRemoval => lastRemoval;

        public VideoSettings Settings => settings;

        // Each viewer that joins asks: where no other owner is possible, not even for a turn.
        public Task SyncAsync() => !mayBeOvertaken ? Task.CompletedTask : lease.Value.RunAsync(async video =>
        {
            var known = video.CatchUpAsync();
            if (known.IsCompleted) return true;
            await known;
            // Observers are told after a turn: go on in the next.
            await Task.Yield();
            return true;
        });

        public async ValueTask DisposeAsync()
        {
            await lease.Value.RunAsync(video =>
            {
                video.Unsubscribe(observer);
                return Task.FromResult(true);
            });
            lease.Dispose();
        }
    }
}
