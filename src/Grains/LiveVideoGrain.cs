using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;
using LiveComments.Grains.Publishing;
using Orleans.Concurrency;

namespace LiveComments.Grains;

/// <summary>
/// Hosts a <see cref="LiveVideo"/> in the cluster. Reentrant, so that its turns are those that a live video is written for: while one
/// append is under way others gather and reads are answered.
/// </summary>
[Reentrant]
internal sealed class LiveVideoGrain(
    ICommentStore store, LiveVideoOptions videoOptions, SubscriptionOptions leases, TimeProvider time, CommentMetrics metrics,
    CommentStreams streams, LiveVideoLog log, SubscriptionLog subscriptionLog)
    : Grain, ILiveVideoGrain
{
    private const int MostMissed = 200;

    private readonly Dictionary<Guid, FrontendOutbox> _subscriptions = [];
    private LiveVideo _video = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = LiveVideoId.Parse(this.GetPrimaryKeyString());
        _video = new(id, store, videoOptions, time, metrics, log);
        if (streams.PublisherOf(id) is { } publisher) _video.Subscribe(publisher);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var subscription in _subscriptions.Values) await subscription.TellMovedAsync();
    }

    public async Task<PostAnswers> PostAsync(PostRequest request) =>
        new(await _video.PostAsync(request.Drafts));

    public async Task<HistoryPage> ReadAsync(CommentId before, int limit)
    {
        var page = await _video.ReadAsync(before, limit);
        return new([.. page.Comments], page.NextCursor);
    }

    public async Task<News> SubscribeAsync(Guid subscription, IFrontendObserver frontend, CommentId? after)
    {
        EndLapsed();
        if (!_subscriptions.TryGetValue(subscription, out var known))
        {
            known = new(subscription, LiveVideoId.Parse(this.GetPrimaryKeyString()), frontend, leases, time, subscriptionLog, End);
            _subscriptions.Add(subscription, known);
            try
            {
                await _video.SubscribeAsync(known);
            }
            catch (CommentsUnavailableException)
            {
                End(known);
                throw;
            }
        }

        known.Renew();
        return await SinceAsync(after ?? _video.Last);
    }

    public Task UnsubscribeAsync(Guid subscription)
    {
        if (_subscriptions.TryGetValue(subscription, out var known)) End(known);
        return Task.CompletedTask;
    }

    /// <summary>The comments after a place, where they are few; else where the log ends, from which the frontend sees what it misses.</summary>
    private async Task<News> SinceAsync(CommentId after)
    {
        var last = _video.Last;
        if (after >= last) return new(last, []);
        var page = await _video.ReadAsync(CommentId.Max, MostMissed);
        var missed = page.Comments.TakeWhile(comment => comment.Id > after).Reverse().ToArray();
        return missed.Length < page.Comments.Count || page.NextCursor is null ? new(after, missed) : new(last, []);
    }

    private void EndLapsed()
    {
        foreach (var lapsed in _subscriptions.Values.Where(subscription => subscription.HasLapsed).ToList()) End(lapsed);
    }

    private void End(FrontendOutbox subscription)
    {
        _subscriptions.Remove(subscription.Id);
        _video.Unsubscribe(subscription);
    }
}
