using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains.Client;

/// <summary>One watched video: what has come of it, and when its lease is to be renewed.</summary>
internal sealed class Subscription(ILiveVideoGrain video, ILiveVideoObserver observer)
{
    private readonly Lock _gate = new();
    private CommentId _last;
    private int _renewing;
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
    public async Task<CommentId> BeginAsync(IFrontendObserver frontend, TimeProvider time)
    {
        var now = time.GetTimestamp();
        var news = await video.SubscribeAsync(Id, frontend, null);
        Advance(news.Follows);
        Renewed = now;
        return news.Follows;
    }

    /// <summary>Renews the lease and takes what was missed. Where the owner cannot be reached it stays due.</summary>
    public async Task RenewAsync(IFrontendObserver frontend, TimeProvider time)
    {
        if (Interlocked.Exchange(ref _renewing, 1) == 1) return;
        try
        {
            var now = time.GetTimestamp();
            Take(await video.SubscribeAsync(Id, frontend, Last));
            Renewed = now;
        }
        catch (Exception exception) when (exception is CommentStoreException || ClusterFault.Is(exception))
        {
            Renewed = 0;
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    /// <summary>Ends it; where the owner cannot be reached the lease does.</summary>
    public async Task EndAsync()
    {
        try
        {
            await video.UnsubscribeAsync(Id);
        }
        catch (Exception exception) when (ClusterFault.Is(exception))
        {
        }
    }

    public void Take(News news)
    {
        Advance(news.Comments.Length > 0 ? news.Comments[^1].Id : news.Follows);
        observer.OnComments(new(news.Follows, news.Comments));
    }

    private void Advance(CommentId last)
    {
        lock (_gate)
        {
            if (last > _last) _last = last;
        }
    }
}
