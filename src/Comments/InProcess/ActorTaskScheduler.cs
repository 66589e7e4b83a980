namespace LiveComments;

/// <summary>
/// Runs the tasks of one actor, and the continuations of their awaits, one after another. If the actor is idle a turn runs on the caller's
/// thread, else on the thread pool. It holds no thread while there is nothing to do, and is small: there is one for every active video.
/// </summary>
internal sealed class ActorTaskScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // After so many turns in a row the thread is given to other actors.
    private const int TurnsPerSlice = 64;

    private readonly Queue<Task> _turns = new();
    private bool _scheduled;
    private Action? _afterTurn;

    /// <summary>Runs <paramref name="work"/> as a turn.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>
    /// Queues <paramref name="work"/> to run on this thread right after the current turn, outside the actor's context. The next turn waits
    /// for it, so it must be short.
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

        // The actor is idle: run the turn on this thread, because to wake another costs more than most turns. Without the caller's
        // SynchronizationContext, or awaits would resume there and not in a turn.
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
