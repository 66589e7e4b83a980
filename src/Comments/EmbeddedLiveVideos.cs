using System.Collections.Concurrent;

namespace LiveComments;

/// <summary>Hosts the live videos in this process: an actor for each one in use, none for the others.</summary>
public sealed class EmbeddedLiveVideos : ILiveVideos, IDisposable
{
    private readonly ConcurrentDictionary<LiveVideoId, Activation> _active = new();
    private readonly ICommentStore _store;
    private readonly LiveVideoOptions _options;
    private readonly TimeProvider _time;
    private readonly CommentMetrics _metrics;
    private readonly ITimer _idleCheck;
    private int _waitingPosts;

    /// <summary>Opens the door to the videos whose logs are in <paramref name="store"/>.</summary>
    public EmbeddedLiveVideos(ICommentStore store, LiveVideoOptions options, TimeProvider time, CommentMetrics metrics)
    {
        (_store, _options, _time, _metrics) = (store, options, time, metrics);
        metrics.ObserveActiveVideos(() => _active.Count);
        _idleCheck = time.CreateTimer(_ => LetIdleOnesGo(), null, options.IdleAfter, options.IdleAfter / 2);
    }

    /// <summary>How many videos are in memory.</summary>
    public int ActiveVideos => _active.Count;

    /// <inheritdoc/>
    public async Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft)
    {
        try
        {
            if (Interlocked.Increment(ref _waitingPosts) > _options.MaxWaitingPosts)
            {
                _metrics.Refused(PostStatus.Overloaded);
                return new(PostStatus.Overloaded);
            }

            return await UseAsync(liveVideoId, video => video.PostAsync(draft));
        }
        finally
        {
            Interlocked.Decrement(ref _waitingPosts);
        }
    }

    /// <inheritdoc/>
    public async Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        // A video that nobody posts to or watches needs no owner to be read: its log does.
        return _active.ContainsKey(liveVideoId)
            ? await UseAsync(liveVideoId, video => video.ReadAsync(before, limit))
            : CommentPage.FromOneMore(await _store.ReadBeforeAsync(liveVideoId, before, limit + 1), limit);
    }

    /// <inheritdoc/>
    public async Task<ILiveVideoWatch> WatchAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer)
    {
        var activation = Enter(liveVideoId);
        try
        {
            var start = await activation.RunAsync(video => video.WatchAsync(observer));
            return new Watch(activation, observer, start);
        }
        catch
        {
            activation.Leave();
            throw;
        }
    }

    /// <summary>Stops looking for idle videos. Posts under way complete.</summary>
    public void Dispose() => _idleCheck.Dispose();

    private async Task<T> UseAsync<T>(LiveVideoId id, Func<LiveVideo, Task<T>> work)
    {
        var activation = Enter(id);
        try
        {
            return await activation.RunAsync(work);
        }
        finally
        {
            activation.Leave();
        }
    }

    private Activation Enter(LiveVideoId id)
    {
        while (true)
        {
            var activation = _active.GetOrAdd(id, Activate);
            if (activation.TryEnter()) return activation;
            Remove(id, activation);
        }
    }

    private Activation Activate(LiveVideoId id) => new(new(id, _store, _options, _time, _metrics), _time);

    private void LetIdleOnesGo()
    {
        foreach (var (id, activation) in _active)
            if (activation.TryClose(_options.IdleAfter)) Remove(id, activation);
    }

    private void Remove(LiveVideoId id, Activation activation) => _active.TryRemove(KeyValuePair.Create(id, activation));

    private sealed class Watch(Activation activation, ILiveVideoObserver observer, CommentId start) : ILiveVideoWatch
    {
        public CommentId Start => start;

        public async ValueTask DisposeAsync()
        {
            await activation.RunAsync(video =>
            {
                video.Unwatch(observer);
                return Task.FromResult(true);
            });
            activation.Leave();
        }
    }
}
