using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Client;

/// <summary>
/// The live videos of a cluster, whose owners are grains. Each frontend has one. Pages come from the log: it has every comment that was
/// acknowledged and none that was removed, also while an owner moves, or two believe that they are it.
/// </summary>
public sealed class ClusterLiveVideos : ILiveVideos, IDisposable
{
    // So many grains read logs for the frontends without a store; each silo has its own of each. More spread the calls no further.
    private const int Readers = 16;

    private readonly IGrainFactory _grains;
    private readonly ICommentStore? _store;
    private readonly FrontendLink _subscriptions;

    // The videos in use here: each is watched, or was posted to a moment ago.
    private readonly IdleCache<LiveVideoId, PostBatcher> _inUse;
    private readonly PostAdmission _admission;

    /// <summary>Makes one for this frontend.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="subscriptions">The videos that are watched here.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Where refusals are counted.</param>
    /// <param name="store">The logs, where this process can read them itself; null if a silo reads them for it.</param>
    public ClusterLiveVideos(
        IGrainFactory grains,
        FrontendLink subscriptions,
        LiveVideoOptions options,
        TimeProvider time,
        CommentMetrics metrics,
        ICommentStore? store = null)
    {
        (_grains, _subscriptions, _store) = (grains, subscriptions, store);
        _admission = new(options.MaxWaitingPosts, metrics);
        _inUse = new(
            activate: id => new(Grain(id), options, metrics),
            deactivate: _ => { },
            options.IdleAfter,
            time,
            stays: posts => posts.HasPosted);
    }

    /// <inheritdoc/>
    public async Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft)
    {
        // However many posts wait, moderators are not kept from their work.
        var needsPlace = !liveVideoId.HoldsAudit;
        if (needsPlace && !_admission.TryEnter()) return new(PostStatus.Overloaded);
        try
        {
            using var lease = _inUse.Enter(liveVideoId);
            return await lease.Value.PostAsync(draft);
        }
        finally
        {
            if (needsPlace) _admission.Leave();
        }
    }

    /// <inheritdoc/>
    public async Task<RemovalOutcome> RemoveAsync(LiveVideoId liveVideoId, RemovalRequest request)
    {
        try
        {
            var answer = await Grain(liveVideoId).RemoveAsync(RemovalCall.Of(request));
            return new(answer.Status, answer.Count, answer.Ban, answer.Settings, answer.Removal);
        }
        catch (Exception exception) when (exception is CommentsUnavailableException || ClusterErrors.Is(exception))
        {
            return new(RemovalStatus.Unavailable);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Ban>> ReadBansAsync(LiveVideoId liveVideoId) =>
        await AskAsync(() => Grain(liveVideoId).ReadBansAsync());

    /// <inheritdoc/>
    public async Task<VideoSettings> ReadSettingsAsync(LiveVideoId liveVideoId)
    {
        if (_store is not null) return await SettingsLog.ReadAsync(_store, liveVideoId);
        return await AskAsync(() => Reader(liveVideoId).ReadSettingsAsync(liveVideoId.ToString()));
    }

    /// <inheritdoc/>
    public async Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id)
    {
        if (_store is not null) return await _store.FindAsync(liveVideoId, id);
        return await AskAsync(() => Reader(liveVideoId).FindAsync(liveVideoId.ToString(), id));
    }

    /// <inheritdoc/>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        liveVideoId = liveVideoId.Whole;
        if (_store is not null) return await _store.ReadPageAsync(liveVideoId, before, limit);
        return await AskAsync(() => Reader(liveVideoId).ReadAsync(liveVideoId.ToString(), before, limit));
    }

    /// <inheritdoc/>
    public async Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        var moderates = liveVideoId.IsOfStaff;
        liveVideoId = liveVideoId.Whole;
        var use = _inUse.Enter(liveVideoId);
        try
        {
            return new Subscription(await _subscriptions.BeginAsync(liveVideoId, Grain(liveVideoId), observer, moderates), use);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>Stops removing idle videos. Posts under way complete.</summary>
    public void Dispose() => _inUse.Dispose();

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (ClusterErrors.Is(exception))
        {
            throw ClusterErrors.AsStoreException(exception);
        }
    }

    private ILiveVideoGrain Grain(LiveVideoId id) => Find(() => _grains.GetGrain<ILiveVideoGrain>(id.ToString()));

    private ILogReaderGrain Reader(LiveVideoId id) => Find(() => _grains.GetGrain<ILogReaderGrain>((uint)id.GetHashCode() % Readers));

    private static T Find<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException exception)
        {
            // The frontend has not connected to its cluster yet.
            throw ClusterErrors.AsStoreException(exception);
        }
    }

    private sealed class Subscription(ILiveVideoSubscription subscription, IdleCache<LiveVideoId, PostBatcher>.Lease use)
        : ILiveVideoSubscription
    {
        public CommentId Start => subscription.Start;

        public CommentId? LastRemoval => subscription.LastRemoval;

        public VideoSettings Settings => subscription.Settings;

        public Task SyncAsync() => subscription.SyncAsync();

        public Task<CommentBatch?> ReadAfterAsync(CommentId entry) => subscription.ReadAfterAsync(entry);

        public async ValueTask DisposeAsync()
        {
            await subscription.DisposeAsync();
            use.Dispose();
        }
    }
}
