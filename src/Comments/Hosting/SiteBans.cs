namespace LiveComments;

/// <summary>
/// Who may write on no video. Every process that owns videos has one: it reads the log of these bans at its start and each second, and what
/// is decided here holds here at once. No post is judged before it was read. Safe for use by many threads at once.
/// </summary>
public sealed class SiteBans : ISiteBans, IDisposable
{
    private readonly TimeProvider _time;
    private readonly BanLog _entries;
    private readonly LogFollower _follower;
    private CommentId _last;
    private volatile IReadOnlyDictionary<AuthorId, Ban>? _bans;

    /// <summary>Begins to follow the log.</summary>
    public SiteBans(ICommentStore store, TimeProvider time, LiveVideoLog? log = null)
    {
        _time = time;
        _entries = new(store, LiveVideoId.OfSiteBans, time);
        // What was read holds.
        _follower = new(time, _entries.LoadAsync, exception => log?.SiteBansUnread(exception), TakeNote);
        _follower.Begin();
    }

    /// <summary>Completes when they were read at least once.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public Task LoadedAsync() => _bans is null ? _follower.LookAsync() : Task.CompletedTask;

    /// <summary>The ban of an author who may not write now; null if there is none.</summary>
    public Ban? Find(AuthorIdentity? author) =>
        _bans is { Count: > 0 } bans && author is { } identity && bans.TryGetValue(identity.Id, out var ban)
            ? IfHolds(ban.As(identity))
            : null;

    /// <inheritdoc/>
    public async Task<Ban?> FindAsync(AuthorId author)
    {
        await LoadedAsync();
        return _bans!.TryGetValue(author, out var ban) ? IfHolds(ban) : null;
    }

    /// <inheritdoc/>
    public Task AddAsync(Ban ban) => _follower.RunAsync(() => _entries.AddAsync(ban));

    /// <inheritdoc/>
    public Task LiftAsync(AuthorId author) => _follower.RunAsync(() => _entries.LiftAsync(author));

    /// <summary>Stops following the log.</summary>
    public void Dispose() => _follower.Dispose();

    private Ban? IfHolds(Ban ban) => ban.HoldsAt(_time.GetUtcNow()) ? ban : null;

    private void TakeNote()
    {
        if (_bans is not null && _last == _entries.Last) return;
        (_last, _bans) = (_entries.Last, _entries.All().ToDictionary(ban => ban.Author));
    }
}
