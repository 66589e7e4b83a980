namespace LiveComments.WebFrontend.Tests;

/// <summary>Passes everything on, but for batches that it loses and reads that it lets fail.</summary>
internal sealed class LossyVideos(ILiveVideos inner) : ILiveVideos, ILiveVideoObserver
{
    private ILiveVideoObserver? _observer;

    public bool Losing { get; set; }

    public Exception? ReadsFailWith { get; set; }

    public Signal ReadFailed { get; } = new();

    public List<CommentBatch> Batches { get; } = [];

    /// <summary>Awaited before each subscription.</summary>
    public Func<Task> BeforeSubscribe { get; set; } = () => Task.CompletedTask;

    /// <summary>How often it was asked for a page.</summary>
    public int Reads { get; private set; }

    /// <summary>How often the owner was asked for what is missing.</summary>
    public int Asked { get; private set; }

    /// <summary>What the owner says that comes after an entry.</summary>
    public Func<CommentId, CommentBatch?> OwnerHas { get; set; } = _ => null;

    /// <summary>How many subscriptions have ended.</summary>
    public int Unsubscribed { get; private set; }

    /// <summary>Awaited after each read, before its result is given.</summary>
    public Func<Task> AfterRead { get; set; } = () => Task.CompletedTask;

    public Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft) => inner.PostAsync(liveVideoId, draft);

    public Task<RemovalOutcome> RemoveAsync(LiveVideoId liveVideoId, RemovalRequest request) => inner.RemoveAsync(liveVideoId, request);

    public Task<IReadOnlyList<Ban>> ReadBansAsync(LiveVideoId liveVideoId) => inner.ReadBansAsync(liveVideoId);

    public Task<VideoSettings> ReadSettingsAsync(LiveVideoId liveVideoId) => inner.ReadSettingsAsync(liveVideoId);

    public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => inner.FindAsync(liveVideoId, id);

    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        Reads++;
        if (ReadsFailWith is { } failure)
        {
            ReadFailed.Tell();
            throw failure;
        }

        var page = await inner.ReadAsync(liveVideoId, before, limit);
        await AfterRead();
        return page;
    }

    public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        await BeforeSubscribe();
        _observer = observer;
        return new Subscription(await inner.SubscribeAsync(liveVideoId, this), this);
    }

    public void OnBatch(CommentBatch batch)
    {
        if (Losing) return;
        Batches.Add(batch);
        _observer!.OnBatch(batch);
    }

    private sealed class Subscription(ILiveVideoSubscription inner, LossyVideos videos) : ILiveVideoSubscription
    {
        public CommentId Start => inner.Start;

        public CommentId? LastRemoval => inner.LastRemoval;

        public Task SyncAsync() => inner.SyncAsync();

        public Task<CommentBatch?> ReadAfterAsync(CommentId entry)
        {
            videos.Asked++;
            return Task.FromResult(videos.OwnerHas(entry));
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            videos.Unsubscribed++;
        }
    }
}
