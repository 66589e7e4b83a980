using Orleans.Streams;

namespace LiveComments.Grains.Publishing;

/// <summary>
/// Takes the accepted comments of one video to its stream, in order, beside the way to the viewers: what the provider cannot take in time
/// waits in a bounded queue, and beyond that is dropped and counted. It runs in the turns of the grain that owns it.
/// </summary>
internal sealed class CommentPublisher(IAsyncStream<Comment> stream, int maxWaiting, PublishingMetrics metrics, PublishingLog log)
    : ILiveVideoObserver
{
    private List<Comment> _waiting = [];
    private bool _publishing;

    /// <inheritdoc/>
    public void OnBatch(CommentBatch batch)
    {
        var room = Math.Min(batch.Comments.Count, maxWaiting - _waiting.Count);
        _waiting.AddRange(batch.Comments.Take(room));
        if (batch.Comments.Count > room) metrics.Dropped(batch.Comments.Count - room);
        if (!_publishing) _ = PublishWaitingAsync();
    }

    private async Task PublishWaitingAsync()
    {
        _publishing = true;
        // The turn in which the comments were accepted goes on to the viewers and posters first.
        await Task.Yield();
        while (_waiting.Count > 0)
        {
            var comments = _waiting;
            _waiting = [];
            try
            {
                await stream.OnNextBatchAsync(comments);
                metrics.Published(comments.Count);
            }
            catch (Exception exception)
            {
                // Providers throw exceptions of any type. Publishing fails, the video does not.
                metrics.Dropped(comments.Count);
                log.Dropped(comments.Count, exception);
            }
        }

        _publishing = false;
    }
}
