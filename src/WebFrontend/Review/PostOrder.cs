namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Keeps the order of one person's posts to a video while each of them is reviewed for as long as it takes. Nothing is kept of a person of
/// whom no post is under way. Safe for use by many threads at once.
/// </summary>
internal sealed class PostOrder
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(LiveVideoId, AuthorId), Turn> _last = [];

    /// <summary>How many persons have posts under way.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _last.Count;
        }
    }

    /// <summary>Takes the place behind all posts of the person that are under way. Disposing of the turn lets the next one pass.</summary>
    public Turn Take(LiveVideoId video, AuthorId person)
    {
        lock (_gate)
        {
            var turn = new Turn(this, (video, person), _last.GetValueOrDefault((video, person))?.Ended ?? Task.CompletedTask);
            _last[(video, person)] = turn;
            return turn;
        }
    }

    /// <summary>The place of a post.</summary>
    internal sealed class Turn(PostOrder order, (LiveVideoId, AuthorId) key, Task before) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the posts before it have gone on.</summary>
        public Task Before { get; } = before;

        /// <summary>Completes when this post has gone on.</summary>
        public Task Ended => _ended.Task;

        public void Dispose()
        {
            lock (order._gate)
                if (order._last.GetValueOrDefault(key) == this) order._last.Remove(key);
            _ended.TrySetResult();
        }
    }
}
