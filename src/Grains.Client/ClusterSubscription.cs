using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Client;

/// <summary>One watched video: how far its entries have come, and when its lease is due for renewal.</summary>
internal sealed class ClusterSubscription(
    ILiveVideoGrain video, bool moderates, IFrontendObserver frontend, ILiveVideoObserver observer, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan SyncPatience = TimeSpan.FromSeconds(1);

    // An owner answers in milliseconds. A call on its way to one that was killed gets no answer, and the next must not wait for it: the
    // video may have another owner by now, who has removed comments.
    private static readonly TimeSpan RenewalPatience = TimeSpan.FromMilliseconds(500);

    // As an edge by default (Upstream:StaleSeconds): without an owner that answers, comments may have been removed of which nobody tells.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Freshness _freshness = new(Stale, time);
    private readonly CancellationTokenSource _ended = new();
    private CommentId _last;
    private CommentId _settings;
    private Task _renewal = Task.CompletedTask;
    private Task? _nextRenewal;
    private long _renewed;
    private double _share = NextShare();
    private SiloAddress? _owner;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The timestamp of the last renewal that succeeded; 0 where the next is due at once.</summary>
    public long Renewed => Volatile.Read(ref _renewed);

    /// <summary>The silo of the owner that answered last; null if none has, or it does not say.</summary>
    public SiloAddress? Owner => Volatile.Read(ref _owner);

    /// <summary>
    /// Whether the next renewal is due: the last one failed, or is nearly so long ago. By how much less is another time each time, so that
    /// those that began together are not renewed together.
    /// </summary>
    public bool IsDue(TimeSpan renewAfter) =>
        Renewed is var renewed && (renewed == 0 || time.GetElapsedTime(renewed) >= renewAfter * Volatile.Read(ref _share));

    private CommentId Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    private CommentId SettingsVersion
    {
        get
        {
            lock (_gate) return _settings;
        }
    }

    /// <summary>Begins it; gives the last entry in the log, the last removal, and the settings.</summary>
    public async Task<(CommentId Start, CommentId LastRemoval, VideoSettings Settings)> BeginAsync()
    {
        var now = time.GetTimestamp();
        var missed = await CallOwnerAsync(null);
        Advance(missed.Batch.Follows);
        SetRenewed(now);
        // Do not keep the first viewer's ExecutionContext alive for as long as the subscription.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => _freshness.WatchAsync(observer.OnStale, _ended.Token));
        // An owner of an earlier version knows none.
        var settings = missed.Batch.Settings ?? VideoSettings.Default;
        Advance(settings);
        return (missed.Batch.Follows, missed.LastRemoval, settings);
    }

    /// <summary>
    /// Renews the lease and takes what was missed, by a call to the owner that begins after this one: all who ask while one is under way
    /// share the next. If the owner cannot be reached it stays due.
    /// </summary>
    public Task RenewAsync()
    {
        lock (_gate)
        {
            if (!_renewal.IsCompleted) return _nextRenewal ??= RenewAfterAsync(_renewal);
            return _renewal = CallAsync();
        }
    }

    /// <inheritdoc cref="ILiveVideoSubscription.SyncAsync"/>
    public async Task SyncAsync()
    {
        try
        {
            await RenewAsync().WaitAsync(SyncPatience, time);
        }
        catch (TimeoutException)
        {
            // The next renewal that the owner answers brings what is missing.
        }

        if (_freshness.IsOver) throw new CommentsUnavailableException("No owner of the live video has answered for too long.");
    }

    /// <inheritdoc cref="ILiveVideoSubscription.ReadAfterAsync"/>
    public async Task<CommentBatch?> ReadAfterAsync(CommentId entry)
    {
        try
        {
            return (await CallOwnerAsync(entry).WaitAsync(RenewalPatience, time)).Batch;
        }
        catch (Exception exception) when (exception is CommentsUnavailableException || ClusterErrors.Is(exception))
        {
            // The log has them.
            return null;
        }
    }

    /// <summary>Ends it; if the owner cannot be reached the lease does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        try
        {
            await video.UnsubscribeAsync(Id);
        }
        catch (Exception exception) when (ClusterErrors.Is(exception))
        {
            // The lease ends it.
        }
    }

    public void Take(CommentBatch batch)
    {
        // Tell the observer first, so that Last never covers an entry that it was not told of.
        observer.OnBatch(batch);
        Advance(batch.Last);
        if (batch.Settings is { } settings) Advance(settings);
    }

    private async Task RenewAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate) (_renewal, _nextRenewal) = (_nextRenewal!, null);
        await CallAsync();
    }

    private async Task CallAsync()
    {
        try
        {
            var now = time.GetTimestamp();
            var missed = (await CallOwnerAsync(Last).WaitAsync(RenewalPatience, time)).Batch;
            // What has no place in the log may have been lost on the way.
            if (missed.Last > Last || missed.Settings?.Version > SettingsVersion || missed.Early.Count > 0) Take(missed);
            SetRenewed(now);
        }
        catch (Exception exception) when (exception is CommentsUnavailableException || ClusterErrors.Is(exception))
        {
            Volatile.Write(ref _renewed, 0);
        }
    }

    private async Task<MissedEntries> CallOwnerAsync(CommentId? after)
    {
        var missed = moderates
            ? await video.SubscribeModeratorAsync(Id, frontend, after)
            : await video.SubscribeAsync(Id, frontend, after);
        Volatile.Write(ref _owner, missed.Owner);
        return missed;
    }

    // Not over 1: an owner counts on a renewal in time.
    private static double NextShare() => 0.8 + (0.2 * Random.Shared.NextDouble());

    private void SetRenewed(long timestamp)
    {
        _freshness.Confirm(timestamp);
        Volatile.Write(ref _share, NextShare());
        Volatile.Write(ref _renewed, timestamp);
    }

    private void Advance(VideoSettings settings)
    {
        lock (_gate)
        {
            if (settings.Version > _settings) _settings = settings.Version;
        }
    }

    private void Advance(CommentId last)
    {
        lock (_gate)
        {
            if (last > _last) _last = last;
        }
    }
}
