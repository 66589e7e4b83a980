namespace LiveComments.HttpContract.Client;

/// <summary>A count that grows, and that one can wait for.</summary>
public sealed class Tally
{
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _count;

    /// <summary>The count so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts one more.</summary>
    public void Increment()
    {
        lock (_gate)
        {
            _count++;
            foreach (var (_, reached) in _waiting.Where(waiting => waiting.Count == _count))
                reached.SetResult();
        }
    }

    /// <summary>Waits until the count is at least <paramref name="count"/>.</summary>
    public Task ReachesAsync(int count)
    {
        lock (_gate)
        {
            if (_count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task.InTime();
        }
    }
}
