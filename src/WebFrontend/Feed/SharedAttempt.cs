namespace LiveComments.WebFrontend.Feed;

/// <summary>
/// What several need at once is tried by the first of them: all who ask while that is under way share its outcome, a failure too. Who gives
/// up does not end it for the others. Safe for use by many threads at once.
/// </summary>
internal sealed class SharedAttempt
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _underWay;

    /// <summary>The attempt that is under way; completed if none is.</summary>
    public Task UnderWay
    {
        get
        {
            lock (_gate) return _underWay?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Waits for the attempt that is under way, or else makes one: <paramref name="attempt"/> is an async method.</summary>
    /// <exception cref="OperationCanceledException">The caller has given up.</exception>
    public Task RunAsync(Func<Task> attempt, CancellationToken cancellation)
    {
        TaskCompletionSource? own = null;
        Task outcome;
        lock (_gate) outcome = (_underWay ??= own = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        if (own is not null) _ = MakeAsync(attempt, own);
        return outcome.WaitAsync(cancellation);
    }

    private async Task MakeAsync(Func<Task> attempt, TaskCompletionSource outcome)
    {
        var made = attempt();
        // Those who wait are told how it ended.
        await made.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate) _underWay = null;
        outcome.SetFromTask(made);
    }
}
