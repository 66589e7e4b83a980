namespace LiveComments;

/// <summary>Hosts the live videos in this process: an actor for each one in use, none for the others.</summary>
public sealed class InProcessLiveVideos : ILiveVideos, IDisposable
{
    private readonly IdleCache<LiveVideoId, Actor> _actors;
    private readonly ICommentStore _store;
    private readonly PeriodicTimer? _ownerChecks;
    private readonly PostAdmission _admission;

    /// <summary>Hosts the videos whose logs are in <paramref name="store"/>.</summary>
    public InProcessLiveVideos(ICommentStore store, LiveVideoOptions options, TimeProvider time, CommentMetrics metrics, LiveVideoLog? log = null)
    {
        _store = store;
        _admission = new(options.MaxWaitingPosts, metrics);
        _actors = new(
            activate: id => new(turns => new(id, store, options, time, metrics, log, turns.AfterTurn)),
            deactivate: _ => { },
            options.IdleAfter,
            time);
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
        if (!_admission.TryEnter()) return new(PostStatus.Overloaded);
        try
        {
            using var lease = _actors.Enter(liveVideoId);
            return await lease.Value.RunAsync(video => video.PostAsync(draft));
        }
        finally
        {
            _admission.Leave();
        }
    }

    /// <inheritdoc/>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        // A video that nobody posts to or watches needs no owner to be read: its log does.
        if (!_actors.Contains(liveVideoId))
            return CommentPage.FromOneMore(await _store.ReadBeforeAsync(liveVideoId, before, limit + 1), limit);

        using var lease = _actors.Enter(liveVideoId);
        return await lease.Value.RunAsync(video => video.ReadAsync(before, limit));
    }

    /// <inheritdoc/>
    public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        var lease = _actors.Enter(liveVideoId);
        try
        {
            return new Subscription(lease, observer, await lease.Value.RunAsync(video => video.SubscribeAsync(observer)));
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Lets no more idle videos go. Posts under way complete.</summary>
    public void Dispose()
    {
        _ownerChecks?.Dispose();
        _actors.Dispose();
    }

    private async Task CheckOwnersAsync(PeriodicTimer checks)
    {
        // So many at a time and no more: a check is never urgent, and the store has posts to take.
        var atATime = new ParallelOptions { MaxDegreeOfParallelism = 16 };
        while (await checks.WaitForNextTickAsync())
            await Parallel.ForEachAsync(_actors.Snapshot(), atATime, (active, _) => new(active.Value.RunAsync(CheckOwnerAsync)));

        static async Task<bool> CheckOwnerAsync(LiveVideo video)
        {
            await video.CheckOwnerAsync();
            return true;
        }
    }

    /// <summary>A live video and the turns that it runs in.</summary>
    private sealed class Actor
    {
        private readonly ActorTaskScheduler _turns = new();
        private readonly LiveVideo _video;

        public Actor(Func<ActorTaskScheduler, LiveVideo> video) => _video = video(_turns);

        public Task<T> RunAsync<T>(Func<LiveVideo, Task<T>> turn) => _turns.RunAsync(() => turn(_video));
    }

    private sealed class Subscription(IdleCache<LiveVideoId, Actor>.Lease lease, ILiveVideoObserver observer, CommentId start)
        : ILiveVideoSubscription
    {
        public CommentId Start => start;

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
