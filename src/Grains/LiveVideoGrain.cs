using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;
using LiveComments.Grains.Publishing;
using Orleans.Concurrency;

namespace LiveComments.Grains;

/// <summary>
/// Hosts a <see cref="LiveVideo"/> in the cluster. Reentrant, so that its turns are those that a live video is written for: while one
/// append is under way others gather and reads are answered.
/// </summary>
[Reentrant, GrainType("livevideo")]
internal sealed class LiveVideoGrain(
    ICommentStore store,
    LiveVideoOptions videoOptions,
    SubscriptionOptions leases,
    TimeProvider time,
    CommentClock clock,
    CommentMetrics metrics,
    SiteBans siteBans,
    CommentStreams streams,
    IClusterMembershipService membership,
    LiveVideoLog log,
    ILocalSiloDetails silo,
    SubscriptionLog subscriptionLog,
    SubscriptionMetrics subscriptionMetrics)
    : Grain, ILiveVideoGrain, ILiveVideoObserver
{
    private const int MostMissed = 200;

    // So many are in memory soon after the video is.
    private const int MostlyMissed = 16;

    private readonly Dictionary<Guid, FrontendOutbox> _subscriptions = [];
    private readonly OwnerCheckPace _ownerChecks = new(membership, leases, time);
    private LiveVideo _video = null!;
    private OwnerReceipts _receipts = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = LiveVideoId.ParseLog(this.GetPrimaryKeyString());
        _video = new(id, store, videoOptions, clock, metrics, log, siteBans: siteBans);
        _receipts = new(id, leases.Duration, time);
        _video.Subscribe(this);
        if (streams.PublisherOf(id) is { } publisher) _video.Subscribe(publisher);
        subscriptionMetrics.Activated();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        subscriptionMetrics.Deactivated();
        foreach (var subscription in _subscriptions.Values) await subscription.TellMovedAsync();
    }

    public async Task<PostAnswers> PostAsync(PostRequest request) =>
        new(await _video.PostAsync(request.Drafts));

    public async Task<RemovalAnswer> RemoveAsync(RemovalCall call)
    {
        var outcome = await _video.RemoveAsync(call.ToRequest());
        return new(outcome.Status, outcome.Count, outcome.Ban, outcome.Settings, outcome.Removal);
    }

    public async Task<Ban[]> ReadBansAsync() => [.. await _video.ReadBansAsync()];

    public Task<MissedEntries> SubscribeAsync(Guid subscription, IFrontendObserver frontend, CommentId? after) =>
        SubscribeAsync(subscription, frontend, after, moderates: false);

    public Task<MissedEntries> SubscribeModeratorAsync(Guid subscription, IFrontendObserver frontend, CommentId? after) =>
        SubscribeAsync(subscription, frontend, after, moderates: true);

    private async Task<MissedEntries> SubscribeAsync(Guid subscription, IFrontendObserver frontend, CommentId? after, bool moderates)
    {
        EndLapsed();
        _receipts.Follows(subscription, frontend, after);
        if (_ownerChecks.IsDue()) await _video.CheckOwnerAsync();
        if (!_subscriptions.TryGetValue(subscription, out var known) || known.HasEnded)
        {
            var id = LiveVideoId.ParseLog(this.GetPrimaryKeyString());
            known = new(subscription, id, frontend, leases, time, subscriptionLog, subscriptionMetrics, End);
            _subscriptions[subscription] = known;
            try
            {
                await _video.SubscribeAsync(known, moderates);
            }
            catch
            {
                End(known);
                throw;
            }
        }

        known.Renew();
        var upTo = moderates ? _video.Last : _video.Public;
        var missed = await SinceAsync(after ?? upTo, upTo);
        var settings = moderates ? _video.Settings : _video.PublicSettings;
        return new(missed with { Settings = settings, Early = moderates ? [] : [.. _video.Early] }, _video.LastRemoval)
        {
            Owner = silo.SiloAddress,
        };
    }

    public Task<ReceiptSum> ReadReceiptAsync(CommentId removal) => _receipts.ReadAsync(removal);

    public Task ReportReceiptsAsync(EdgeReport[] reports)
    {
        foreach (var report in reports) _receipts.Report(report);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(Guid subscription)
    {
        _receipts.Unfollows(subscription);
        if (_subscriptions.TryGetValue(subscription, out var known)) End(known);
        // Whoever watches ids at random leaves nothing behind.
        if (_subscriptions.Count == 0 && _video.Last == CommentId.None) DeactivateOnIdle();
        return Task.CompletedTask;
    }

    void ILiveVideoObserver.OnBatch(CommentBatch batch) => _receipts.Note(batch);

    /// <summary>
    /// Another activation has written to the log: while silos come and go there may be two. Deactivates this one, so that its frontends
    /// subscribe at the one that the cluster knows.
    /// </summary>
    void ILiveVideoObserver.OnOwnerChanged() => DeactivateOnIdle();

    /// <summary>
    /// The entries after a place up to another, if they are few; else that other, from which the frontend sees what it misses.
    /// </summary>
    private async Task<CommentBatch> SinceAsync(CommentId after, CommentId last)
    {
        if (after >= last) return new(last, []);
        var page = await _video.ReadAsync(last.Successor, MostlyMissed);
        if (page.NextCursor > after) page = await _video.ReadAsync(last.Successor, MostMissed);
        if (page.NextCursor > after) return new(last, []);
        return new(after, [.. page.Comments.TakeWhile(comment => comment.Id > after).Reverse()])
        {
            Removals = [.. (page.Removals ?? []).TakeWhile(removal => removal.Id > after).Reverse()],
        };
    }

    private void EndLapsed()
    {
        foreach (var lapsed in _subscriptions.Values.Where(subscription => subscription.HasLapsed).ToList())
        {
            if (!lapsed.HasEnded) subscriptionMetrics.Lapsed();
            End(lapsed);
        }
    }

    private void End(FrontendOutbox subscription)
    {
        // Another may have begun under the same name since this one ended.
        if (_subscriptions.TryGetValue(subscription.Id, out var known) && known == subscription) _subscriptions.Remove(subscription.Id);
        _video.Unsubscribe(subscription);
    }
}
