using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains;

/// <summary>
/// One frontend that watches a video: a lease, and a bounded queue from which one batch at a time is sent. What comes while one is under way
/// gathers for the next, so a slow frontend delays nobody; one that is too slow, or gone, ends its subscription.
/// </summary>
internal sealed class FrontendSubscription(
    Guid id, IFrontendObserver frontend, LeaseOptions options, TimeProvider time, Action<FrontendSubscription> end) : ILiveVideoObserver
{
    private readonly Queue<CommentBatch> _waiting = [];
    private int _waitingComments;
    private bool _sending;
    private bool _ended;
    private long _renewed = time.GetTimestamp();

    public Guid Id => id;

    /// <summary>Whether nobody has renewed the lease in its time.</summary>
    public bool HasLapsed => time.GetElapsedTime(_renewed) >= options.Duration;

    public void Renew() => _renewed = time.GetTimestamp();

    public Task TellMovedAsync() => frontend.OnMovedAsync(id);

    public void OnComments(CommentBatch batch)
    {
        _waiting.Enqueue(batch);
        _waitingComments += batch.Comments.Count;
        if (!_sending) _ = SendAsync();
    }

    private async Task SendAsync()
    {
        _sending = true;
        // Not within the notification: it goes through the observers that this may end.
        await Task.Yield();
        while (!_ended && _waiting.Count > 0)
        {
            if (HasLapsed || _waitingComments > options.FrontendQueue || !await TrySendAsync(TakeWaiting()))
            {
                _ended = true;
                end(this);
            }
        }

        _sending = false;
    }

    private async Task<bool> TrySendAsync(News news)
    {
        try
        {
            return await frontend.OnNewsAsync(id, news);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The batches that follow on each other, as one.</summary>
    private News TakeWaiting()
    {
        var first = _waiting.Dequeue();
        var comments = new List<Comment>(first.Comments);
        var last = comments.Count > 0 ? comments[^1].Id : first.Follows;
        while (_waiting.TryPeek(out var next) && next.Follows == last)
        {
            comments.AddRange(_waiting.Dequeue().Comments);
            if (comments.Count > 0) last = comments[^1].Id;
        }

        _waitingComments -= comments.Count;
        return new(first.Follows, [.. comments]);
    }
}
