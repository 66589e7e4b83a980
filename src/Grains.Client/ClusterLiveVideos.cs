using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains.Client;

/// <summary>The door to live videos whose owners are grains of a cluster. One for each frontend.</summary>
public sealed class ClusterLiveVideos : ILiveVideos, IDisposable
{
    private readonly IGrainFactory _grains;
    private readonly FrontendLink _subscriptions;
    private readonly IdleCache<LiveVideoId, PostBatcher> _gatherers;
    private readonly PostAdmission _admission;

    /// <summary>Opens the door.</summary>
    public ClusterLiveVideos(
        IGrainFactory grains, FrontendLink subscriptions, LiveVideoOptions options, TimeProvider time, CommentMetrics metrics)
    {
        (_grains, _subscriptions) = (grains, subscriptions);
        _admission = new(options.MaxWaitingPosts, metrics);
        _gatherers = new(
            activate: id => new(Grain(id), options.MaxAppend), deactivate: _ => { }, options.IdleAfter, time);
    }

    /// <inheritdoc/>
    public async Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft)
    {
        if (!_admission.TryEnter()) return new(PostStatus.Overloaded);
        try
        {
            using var lease = _gatherers.Enter(liveVideoId);
            return await lease.Value.PostAsync(draft);
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
        try
        {
            var page = await Grain(liveVideoId).ReadAsync(before, limit);
            return new(page.Comments, page.NextCursor);
        }
        catch (Exception exception) when (ClusterErrors.Is(exception))
        {
            throw ClusterErrors.AsStoreException(exception);
        }
    }

    /// <inheritdoc/>
    public Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer) =>
        _subscriptions.BeginAsync(Grain(liveVideoId), observer);

    /// <summary>Lets no more idle videos go. Posts under way complete.</summary>
    public void Dispose() => _gatherers.Dispose();

    private ILiveVideoGrain Grain(LiveVideoId id)
    {
        try
        {
            return _grains.GetGrain<ILiveVideoGrain>(id.ToString());
        }
        catch (ArgumentException exception)
        {
            // A frontend that has not found its cluster yet knows no grain of it.
            throw ClusterErrors.AsStoreException(exception);
        }
    }
}
