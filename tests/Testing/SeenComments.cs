namespace LiveComments.Testing;

/// <summary>Keeps what it observes.</summary>
public sealed class SeenComments : ILiveVideoObserver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource> _awaited = [];
    private readonly TaskCompletionSource _stale = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The batches in the order in which they came.</summary>
    public List<CommentBatch> Batches { get; } = [];

    /// <summary>Completes when it was told that what has come is too old.</summary>
    public Task Stale => _stale.Task;

    /// <inheritdoc/>
    public void OnStale() => _stale.TrySetResult();

    /// <inheritdoc/>
    public void OnBatch(CommentBatch batch)
    {
        lock (_gate)
        {
            Batches.Add(batch);
            foreach (var comment in batch.Comments) Arrival(comment.Id.Value).TrySetResult();
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>All ids in the order in which they came, once this one has.</summary>
    public async Task<IReadOnlyList<long>> ThroughAsync(long id)
    {
        Task arrival;
        lock (_gate) arrival = Arrival(id).Task;
        await arrival.InTime();
        lock (_gate) return [.. Batches.SelectMany(batch => batch.Comments).Select(comment => comment.Id.Value)];
    }

    /// <summary>
    /// The batches after an entry in the order that they say, once they reach a comment. Between machines one may overtake another.
    /// </summary>
    public async Task<IReadOnlyList<CommentBatch>> ChainAsync(CommentId start, CommentId last)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var (chain, end) = (new List<CommentBatch>(), start);
                while (end < last && Batches.Find(batch => batch.Follows == end && batch.Last > end) is { } next)
                {
                    chain.Add(next);
                    end = next.Last;
                }

                if (end >= last) return chain;
                changed = _changed.Task;
            }

            await changed.InTime();
        }
    }

    private TaskCompletionSource Arrival(long id)
    {
        if (!_awaited.TryGetValue(id, out var arrival))
            _awaited[id] = arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return arrival;
    }
}
