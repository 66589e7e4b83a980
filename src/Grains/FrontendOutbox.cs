using LiveComments.Grains.Interfaces;

namespace LiveComments.Grains;

/// <summary>
/// One frontend that watches a video: a lease, and a bounded queue. A batch goes out at once while few are under way; behind those of a
/// slow frontend they gather and go together, so it delays nobody. One that is too slow, or gone, ends its subscription.
/// </summary>
internal sealed class FrontendOutbox(
    Guid id,
    LiveVideoId video,
    IFrontendObserver frontend,
    SubscriptionOptions options,
    TimeProvider time,
    SubscriptionLog log,
    SubscriptionMetrics metrics,
    Action<FrontendOutbox> end) : ILiveVideoObserver
{
    // Usually sent before the poster is answered, so that a poster who looks on another node finds its comment there.
    private const int MostUnderWay = 8;

    private readonly Queue<CommentBatch> _waiting = [];
    private int _waitingEntries;
    private int _underWay;
    private long _renewed = time.GetTimestamp();

    public Guid Id => id;

    /// <summary>Whether it has ended, because its frontend is gone, too slow, or fails.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether nobody has renewed the lease in its time.</summary>
    public bool HasLapsed => time.GetElapsedTime(_renewed) >= options.Duration;

    public void Renew() => _renewed = time.GetTimestamp();

    /// <summary>Tells the frontend to subscribe anew; one that cannot be told finds out when it renews.</summary>
    public async Task TellMovedAsync()
    {
        try
        {
            await frontend.OnMovedAsync(id);
        }
        catch (Exception exception)
        {
            log.Failed(video, exception);
        }
    }

    public void OnBatch(CommentBatch batch)
    {
        _waiting.Enqueue(batch);
        _waitingEntries += EntriesOf(batch);
        if (HasLapsed)
        {
            log.Lapsed(video);
            metrics.Lapsed();
            _ = EndAsync();
        }
        else if (_waitingEntries > options.FrontendQueue)
        {
            log.Overflow(video);
            metrics.Overflow();
            _ = EndAsync();
        }
        else if (_underWay < MostUnderWay) _ = SendAsync();
    }

    private async Task SendAsync()
    {
        _underWay++;
        while (!HasEnded && _waiting.Count > 0)
        {
            if (await TrySendAsync(TakeWaiting())) continue;
            if (!HasEnded) metrics.Failed();
            await EndAsync();
        }

        _underWay--;
    }

    private async Task<bool> TrySendAsync(CommentBatch batch)
    {
        metrics.Sending();
        try
        {
            return await frontend.OnBatchAsync(id, batch);
        }
        catch (Exception exception)
        {
            // Whatever it is, a defect of the frontend included: it comes back with its own type.
            log.Failed(video, exception);
            return false;
        }
        finally
        {
            metrics.Sent();
        }
    }

    private async Task EndAsync()
    {
        if (HasEnded) return;
        HasEnded = true;
        // Not within a notification: it enumerates the observers, and this is one of them.
        await Task.Yield();
        end(this);
        await TellMovedAsync();
    }

    /// <summary>The batches that follow on each other, as one.</summary>
    private CommentBatch TakeWaiting()
    {
        var batch = _waiting.Dequeue();
        if (NextFollows(batch))
        {
            var (comments, removals) = (new List<Comment>(batch.Comments), new List<Removal>(batch.Removals));
            while (NextFollows(batch))
            {
                var next = _waiting.Dequeue();
                comments.AddRange(next.Comments);
                removals.AddRange(next.Removals);
                batch = new(batch.Follows, comments) { Removals = removals, Settings = next.Settings ?? batch.Settings };
            }
        }

        _waitingEntries -= EntriesOf(batch);
        return batch;

        bool NextFollows(CommentBatch before) => EntriesOf(before) > 0 && _waiting.TryPeek(out var next) && next.Follows == before.Last;
    }

    private static int EntriesOf(CommentBatch batch) => batch.Comments.Count + batch.Removals.Count + batch.Early.Count;
}
