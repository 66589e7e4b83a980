using LiveComments.Grains.Interfaces;
using LiveComments.Grains.Interfaces.Wire;

namespace LiveComments.Grains;

/// <summary>
/// One frontend that watches a video: a lease, and a bounded queue. A batch goes out at once while few are under way; behind those of a slow
/// frontend they gather and go together, so it delays nobody. One that is too slow, or gone, ends its subscription.
/// </summary>
internal sealed class FrontendOutbox(
    Guid id,
    LiveVideoId video,
    IFrontendObserver frontend,
    SubscriptionOptions options,
    TimeProvider time,
    SubscriptionLog log,
    Action<FrontendOutbox> end) : ILiveVideoObserver
{
    // Sent before the poster is answered, as a rule: who then looks on another node finds the comment there.
    private const int MostUnderWay = 8;

    private readonly Queue<CommentBatch> _waiting = [];
    private int _waitingComments;
    private int _underWay;
    private bool _ended;
    private long _renewed = time.GetTimestamp();

    public Guid Id => id;

    /// <summary>Whether nobody has renewed the lease in its time.</summary>
    public bool HasLapsed => time.GetElapsedTime(_renewed) >= options.Duration;

    public void Renew() => _renewed = time.GetTimestamp();

    public Task TellMovedAsync() => frontend.OnMovedAsync(id);

    public void OnBatch(CommentBatch batch)
    {
        _waiting.Enqueue(batch);
        _waitingComments += batch.Comments.Count;
        if (HasLapsed)
        {
            log.Lapsed(video);
            _ = EndAsync();
        }
        else if (_waitingComments > options.FrontendQueue)
        {
            log.Overflow(video);
            _ = EndAsync();
        }
        else if (_underWay < MostUnderWay) _ = SendAsync();
    }

    private async Task SendAsync()
    {
        _underWay++;
        while (!_ended && _waiting.Count > 0)
        {
            if (!await TrySendAsync(TakeWaiting())) await EndAsync();
        }

        _underWay--;
    }

    private async Task<bool> TrySendAsync(News news)
    {
        try
        {
            return await frontend.OnNewsAsync(id, news);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            log.Failed(video, exception);
            return false;
        }
    }

    private async Task EndAsync()
    {
        if (_ended) return;
        _ended = true;
        // Not within a notification: that goes through the observers, of which this is one.
        await Task.Yield();
        end(this);
    }

    /// <summary>The batches that follow on each other, as one.</summary>
    private News TakeWaiting()
    {
        var first = _waiting.Dequeue();
        var comments = new List<Comment>(first.Comments);
        while (comments.Count > 0 && _waiting.TryPeek(out var next) && next.Follows == comments[^1].Id)
            comments.AddRange(_waiting.Dequeue().Comments);
        _waitingComments -= comments.Count;
        return new(first.Follows, [.. comments]);
    }
}
