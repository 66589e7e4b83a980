namespace LiveComments;

/// <summary>
/// Runs the tasks of one actor, and the continuations of their awaits, one after another: on the thread of whoever comes to it while it is
/// idle, and for long on the thread pool. It holds no thread while there is nothing to do, and is small: there is one for every active video.
/// </summary>
internal sealed class ActorTaskScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // After so many turns in a row the other actors get the thread.
    private const int TurnsPerSlice = 64;

    private readonly Queue<Task> _turns = new();
    private bool _scheduled;
    private Action? _afterTurn;

    /// <summary>Runs <paramref name="work"/> as a turn.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>
    /// Runs <paramref name="work"/> where the turn that calls this has ended, on its thread and outside the actor's context: what goes on from there
    /// needs no other thread. The next turn waits for it, so it must be short.
    /// </summary>
    public void AfterTurn(Action work) => _afterTurn += work;

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
            if (_afterTurn is not { } work) continue;
            _afterTurn = null;
            work();
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

        // Who comes to an idle actor takes its turn at once: a hand-over would cost more than most turns do. Without its context: what a turn
        // awaits would go on there, and not in a turn.
        var callers = SynchronizationContext.Current;
        if (callers is not null) SynchronizationContext.SetSynchronizationContext(null);
        RunTurns();
        if (callers is not null) SynchronizationContext.SetSynchronizationContext(callers);
    }

    /// <summary>Never inline: the caller's thread may be in the middle of another turn.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns) return [.. _turns];
    }
}
