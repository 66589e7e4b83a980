using System.Collections.Concurrent;
using LiveComments.Grains.Interfaces;
using Microsoft.Extensions.Hosting;

namespace LiveComments.Grains.Client;

/// <summary>
/// The videos that this frontend watches: its observers, and the leases that it renews. A video whose owner cannot be reached is asked
/// again each quarter of a second until it answers: meanwhile viewers here may be shown what another owner has removed, for half a minute;
/// then those who come are refused.
/// </summary>
public sealed class FrontendLink(IGrainFactory grains, SubscriptionOptions leases, TimeProvider time, INodeReceipts? receipts = null)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Guid, ClusterSubscription> _subscriptions = [];
    private readonly Lock _gate = new();
    private Observer[]? _observers;

    private IGrainFactory Grains { get; } = grains;

    private INodeReceipts? Receipts { get; } = receipts;

    /// <summary>How many videos are watched.</summary>
    public int Count => _subscriptions.Count;

    /// <summary>Begins to watch a video; dispose of the result to end it.</summary>
    /// <exception cref="CommentsUnavailableException">Its owner cannot be reached, or its store failed.</exception>
    public async Task<ILiveVideoSubscription> BeginAsync(
        LiveVideoId liveVideoId, ILiveVideoGrain video, ILiveVideoObserver observer, bool moderates = false)
    {
        var subscription = new ClusterSubscription(video, moderates, ReferenceFor(liveVideoId), observer, time);
        _subscriptions[subscription.Id] = subscription;
        try
        {
            var (start, lastRemoval, settings) = await subscription.BeginAsync();
            return new Subscription(this, subscription, start, lastRemoval, settings);
        }
        catch (Exception exception)
        {
            _subscriptions.TryRemove(subscription.Id, out _);
            if (ClusterErrors.Is(exception)) throw ClusterErrors.AsStoreException(exception);
            throw;
        }
    }

    /// <summary>Renews the leases of some owners now: the silos have changed, and with them these.</summary>
    /// <param name="silos">Which, by the silo of the owner; null is one that is not known.</param>
    public void RenewOf(Func<SiloAddress?, bool> silos)
    {
        foreach (var subscription in _subscriptions.Values)
            if (silos(subscription.Owner)) _ = subscription.RenewAsync();
    }

    /// <summary>
    /// Renews one lease of each owner's silo now, and all of those whose silo does not answer or is no longer the one.
    /// </summary>
    public void Probe()
    {
        foreach (var silo in _subscriptions.Values.GroupBy(subscription => subscription.Owner)) _ = ProbeAsync(silo.Key, silo.First());
    }

    private async Task ProbeAsync(SiloAddress? silo, ClusterSubscription one)
    {
        await one.RenewAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (silo is null || one.Renewed == 0 || !silo.Equals(one.Owner)) RenewOf(owner => Equals(owner, silo));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var looks = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await looks.WaitForNextTickAsync(stoppingToken))
            {
                // Nobody waits for it: one owner that does not answer must not hold up the leases of the others.
                foreach (var subscription in _subscriptions.Values)
                    if (subscription.IsDue(leases.RenewAfter)) _ = subscription.RenewAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>
    /// What the owner of a video calls. Orleans makes the calls to one observer one after the other, so there are several: a sweep of one
    /// video does not hold up all others. All of a video go to one.
    /// </summary>
    private IFrontendObserver ReferenceFor(LiveVideoId video)
    {
        lock (_gate) _observers ??= [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Observer(this))];
        return _observers[(uint)video.GetHashCode() % _observers.Length].Reference;
    }

    /// <summary>Orleans holds observers by weak references only; the link holds them.</summary>
    private sealed class Observer : IFrontendObserver
    {
        private readonly FrontendLink _link;

        public Observer(FrontendLink link)
        {
            _link = link;
            Reference = link.Grains.CreateObjectReference<IFrontendObserver>(this);
        }

        public IFrontendObserver Reference { get; }

        public Task<bool> OnBatchAsync(Guid subscription, CommentBatch batch)
        {
            if (!_link._subscriptions.TryGetValue(subscription, out var watched)) return Task.FromResult(false);
            watched.Take(batch);
            return Task.FromResult(true);
        }

        public Task OnMovedAsync(Guid subscription)
        {
            if (_link._subscriptions.TryGetValue(subscription, out var watched)) _ = watched.RenewAsync();
            return Task.CompletedTask;
        }

        public Task<NodeReceipt> ReadReceiptAsync(string liveVideoId, CommentId removal) =>
            Task.FromResult(_link.Receipts?.Find(LiveVideoId.ParseLog(liveVideoId), removal) ?? new(ReceiptShare.None, [], IsWhole: true));
    }

    private sealed class Subscription(
        FrontendLink subscriptions, ClusterSubscription subscription, CommentId start, CommentId lastRemoval, VideoSettings settings)
        : ILiveVideoSubscription
    {
        public CommentId Start => start;

        public CommentId? LastRemoval => lastRemoval;

        public VideoSettings Settings => settings;

        public Task SyncAsync() => subscription.SyncAsync();

        public Task<CommentBatch?> ReadAfterAsync(CommentId entry) => subscription.ReadAfterAsync(entry);

        public async ValueTask DisposeAsync()
        {
            subscriptions._subscriptions.TryRemove(subscription.Id, out _);
            await subscription.DisposeAsync();
        }
    }
}
