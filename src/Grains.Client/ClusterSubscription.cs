using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Client;

/// <summary>One watched video: what has come of it, and when its lease is to be renewed.</summary>
internal sealed class ClusterSubscription(ILiveVideoGrain video, IFrontendObserver frontend, ILiveVideoObserver observer, TimeProvider time)
{
    private static readonly TimeSpan SyncPatience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private CommentId _last;
    private Task _renewal = Task.CompletedTask;
    private Task? _nextRenewal;
    private long _renewed;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The timestamp of the last renewal that succeeded; 0 where the next is due at once.</summary>
    public long Renewed
    {
        get => Volatile.Read(ref _renewed);
        private set => Volatile.Write(ref _renewed, value);
    }

    private CommentId Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>Begins it; gives the last comment in the log.</summary>
    public async Task<CommentId> BeginAsync()
    {
        var now = time.GetTimestamp();
        var news = await video.SubscribeAsync(Id, frontend, null);
        Advance(news.Follows);
        Renewed = now;
        return news.Follows;
    }

    /// <summary>
    /// Renews the lease and takes what was missed, by a call to the owner that begins after this one: all who ask while one is under way share
    /// the next. Where the owner cannot be reached it stays due.
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
            // What is missing comes when the owner answers again.
        }
    }

    /// <summary>Ends it; where the owner cannot be reached the lease does.</summary>
    public async Task EndAsync()
    {
        try
        {
            await video.UnsubscribeAsync(Id);
        }
        catch (Exception exception) when (ClusterErrors.Is(exception))
        {
        }
    }

    public void Take(News news)
    {
        // Told first: what counts as here is.
        observer.OnBatch(new(news.Follows, news.Comments));
        Advance(news.Comments.Length > 0 ? news.Comments[^1].Id : news.Follows);
    }

    private async Task RenewAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        lock (_gate) (_renewal, _nextRenewal) = (_nextRenewal!, null);
        await CallAsync();
    }

    private async Task CallAsync()
    {
        try
        {
            var now = time.GetTimestamp();
            var news = await video.SubscribeAsync(Id, frontend, Last);
            if (news.Comments.Length > 0 || news.Follows > Last) Take(news);
            Renewed = now;
        }
        catch (Exception exception) when (exception is CommentsUnavailableException || ClusterErrors.Is(exception))
        {
            Renewed = 0;
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
