namespace LiveComments;

/// <summary>
/// Erases people on all videos. Every process that owns videos has one. It follows the log of erasures, works on those that were asked for
/// here, and takes over those of which nothing was heard for 15 s. Safe for use by many threads at once.
/// </summary>
public sealed class SiteErasures : IErasures, IDisposable
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    private readonly Guid _me = Guid.NewGuid();
    private readonly ICommentStore _store;
    private readonly ILiveVideos _liveVideos;
    private readonly TimeProvider _time;
    private readonly LiveVideoLog? _log;
    private readonly ErasureLog _entries;
    private readonly LogFollower _follower;

    // Those that are worked on here. They are used in the turns of the follower.
    private readonly Dictionary<AuthorId, ErasureRun> _runs = [];
    private readonly SemaphoreSlim _slots = new(ErasureRun.VideosAtOnce);
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Begins to follow the log.</summary>
    public SiteErasures(ICommentStore store, ILiveVideos liveVideos, TimeProvider time, LiveVideoLog? log = null)
    {
        (_store, _liveVideos, _time, _log) = (store, liveVideos, time, log);
        _entries = new(store, time);
        _follower = new(time, LookAsync, Unread);
        _follower.Begin();

        void Unread(Exception exception)
        {
            // A process that ends takes the store away.
            if (!_ended.IsCancellationRequested) log?.ErasuresUnread(exception);
        }
    }

    /// <inheritdoc/>
    public async Task<Erasure> AskAsync(AuthorId author)
    {
        ErasureJob? job = null;
        await _follower.RunAsync(async () =>
        {
            var isNew = await _entries.AskAsync(author, _me).ConfigureAwait(false);
            job = _entries.Find(author)!;
            if (isNew) Run(job);
        }).ConfigureAwait(false);
        return job!.Erasure;
    }

    /// <inheritdoc/>
    public async Task<Erasure?> FindAsync(AuthorId author)
    {
        ErasureJob? found = null;
        await _follower.RunAsync(async () =>
        {
            // Another process may have been asked a moment ago.
            await _entries.LoadAsync().ConfigureAwait(false);
            found = _entries.Find(author);
        }).ConfigureAwait(false);
        return found?.Erasure;
    }

    /// <summary>Ends the work here. Another process takes it over, or this one when it has started again.</summary>
    public void Dispose()
    {
        _follower.Dispose();
        _ended.Cancel();
    }

    private async Task LookAsync()
    {
        await _entries.LoadAsync().ConfigureAwait(false);
        foreach (var run in _runs.Values.ToList()) await TellAsync(run).ConfigureAwait(false);
        foreach (var job in _entries.Running.Where(job => !_runs.ContainsKey(job.Erasure.Author) && IsQuiet(job)))
        {
            if (!await _entries.TakeAsync(job, _me).ConfigureAwait(false)) continue;
            _log?.ErasureTakenOver(job.Erasure.Author);
            Run(_entries.Find(job.Erasure.Author)!);
        }
    }

    private async Task TellAsync(ErasureRun run)
    {
        var author = run.Job.Erasure.Author;
        var current = _entries.Find(author)!;
        var isOurs = current.IsRunning && current.By == _me && current.Begun == run.Job.Begun;
        if (isOurs && (run.IsDone || _time.GetElapsedTime(current.Seen) >= TellEvery))
        {
            var (done, progress) = (run.IsDone, run.Progress);
            isOurs = await _entries.TellAsync(run.Job, progress, done).ConfigureAwait(false);
            if (isOurs && done) _log?.ErasureDone(author, progress.Removed, progress.Videos);
            isOurs &= !done;
        }

        if (isOurs) return;
        // Done, or another process has taken it over.
        _runs.Remove(author);
        run.Dispose();
    }

    private void Run(ErasureJob job)
    {
        var run = new ErasureRun(job, _store, _liveVideos, _time, _log, _slots, _ended.Token);
        if (_runs.Remove(job.Erasure.Author, out var before)) before.Dispose();
        _runs[job.Erasure.Author] = run;
        // Not in the turn of who asked.
        _ = Task.Run(async () =>
        {
            await run.RunAsync().ConfigureAwait(false);
            // To say so at once.
            if (run.IsDone) await _follower.TryLookAsync().ConfigureAwait(false);
        });
    }

    // By the clock of this process, and by those of all: it may have started a moment ago, or be behind the others.
    private bool IsQuiet(ErasureJob job) =>
        _time.GetElapsedTime(job.Seen) >= Quiet || _time.GetUtcNow() - job.News.CreatedAt >= Quiet;
}
