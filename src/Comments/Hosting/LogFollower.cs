namespace LiveComments;

/// <summary>
/// Follows a log that all processes write to: looks at it when it begins and each second. Its work on the log runs one at a time. Safe for
/// use by many threads at once.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="look">Reads what is new.</param>
/// <param name="failed">
/// Told why a look failed that nobody waited for. Before the first one that succeeds it is not: a store that is only just being made is no
/// news, and who needs what is in the log fails by itself.
/// </param>
/// <param name="done">Called after each work, before the next one.</param>
internal sealed class LogFollower(TimeProvider time, Func<Task> look, Action<Exception> failed, Action? done = null) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly PeriodicTimer _looks = new(Every, time);
    private bool _hasLooked;

    /// <summary>Begins.</summary>
    public void Begin() => _ = FollowAsync();

    /// <summary>Looks now.</summary>
    public Task LookAsync() => RunAsync(look);

    /// <summary>Works on the log.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
            _hasLooked = true;
            done?.Invoke();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Looks now. If it cannot, the next look may.</summary>
    public async Task TryLookAsync()
    {
        try
        {
            await LookAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (_hasLooked) failed(exception);
        }
    }

    /// <summary>Looks no more.</summary>
    public void Dispose() => _looks.Dispose();

    private async Task FollowAsync()
    {
        do
        {
            await TryLookAsync().ConfigureAwait(false);
        }
        while (await _looks.WaitForNextTickAsync().ConfigureAwait(false));
    }
}
