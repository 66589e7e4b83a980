namespace LiveComments;

/// <summary>
/// Who may write on no video. Every process that owns videos has one: it reads the log of these bans at its start and each second, and what
/// is decided here holds here at once. No post is judged before it was read. Safe for use by many threads at once.
/// </summary>
public sealed class SiteBans : ISiteBans, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly BanLog _log;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly PeriodicTimer _looks;
    private volatile IReadOnlyDictionary<AuthorId, Ban>? _bans;
    private readonly TimeProvider _time;

    /// <summary>Begins to follow the log.</summary>
    public SiteBans(ICommentStore store, TimeProvider time)
    {
        _time = time;
        _log = new(store, LiveVideoId.OfSiteBans, time);
        _looks = new(Every, time);
        _ = FollowAsync();
    }

    /// <summary>Completes when they were read at least once.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public Task LoadedAsync() => _bans is null ? RunAsync(_log.LoadAsync) : Task.CompletedTask;

    /// <summary>The ban of somebody who may not write now; null if there is none.</summary>
    public Ban? Find(AuthorId? author) =>
        _bans is { Count: > 0 } bans && author is { } id && bans.TryGetValue(id, out var ban) && !(ban.Until <= _time.GetUtcNow())
            ? ban
            : null;

    /// <inheritdoc/>
    public async Task<Ban?> FindAsync(AuthorId author)
    {
        await LoadedAsync();
        return Find(author);
    }

    /// <inheritdoc/>
    public Task AddAsync(Ban ban) => RunAsync(() => _log.AddAsync(ban));

    /// <inheritdoc/>
    public Task LiftAsync(AuthorId author) => RunAsync(() => _log.LiftAsync(author));

    /// <summary>Stops following the log.</summary>
    public void Dispose() => _looks.Dispose();

    private async Task FollowAsync()
    {
        do
        {
            try
            {
                await RunAsync(_log.LoadAsync).ConfigureAwait(false);
            }
            catch (CommentsUnavailableException)
            {
                // The next look may find it. Until then what was read holds; whoever reads the log fails by itself.
            }
        }
        while (await _looks.WaitForNextTickAsync().ConfigureAwait(false));
    }

    private async Task RunAsync(Func<Task> work)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
            if (_bans is null || _log.HasChanged) _bans = _log.All().ToDictionary(ban => ban.Author);
        }
        finally
        {
            _turn.Release();
        }
    }
}
