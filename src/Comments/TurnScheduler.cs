namespace LiveComments;

/// <summary>
/// Runs the tasks of one actor, and the continuations of their awaits, one after another: on the thread of whoever comes to it while it is
/// idle, and for long on the thread pool. It holds no thread while there is nothing to do, and is small: there is one for every active video.
/// </summary>
internal sealed class TurnScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // After so many turns in a row the other actors get the thread.
    private const int TurnsPerSlice = 64;

    private readonly Queue<Task> _turns = new();
    private bool _scheduled;

    /// <summary>Runs <paramref name="work"/> as a turn.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    void IThreadPoolWorkItem.Execute() => RunTurns();

    private void RunTurns()
    {
        for (var i = 0; i < TurnsPerSlice; i++)
        {
            Task? turn;
            lock (_turns)
            {
                if (!_turns.TryDequeue(out turn))
                {
                    _scheduled = false;
                    return;
                }
            }

            TryExecuteTask(turn);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_turns)
        {
            _turns.Enqueue(task);
            if (_scheduled) return;
            _scheduled = true;
        }

        // Who comes to an idle actor takes its turn at once: a hand-over would cost more than most turns do.
        RunTurns();
    }

    /// <summary>Never inline: the caller's thread may be in the middle of another turn.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns) return [.. _turns];
    }
}
