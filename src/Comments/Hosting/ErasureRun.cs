using System.Collections.Concurrent;

namespace LiveComments;

/// <summary>
/// The work of one erasure in this process: finds the videos, then removes what the author wrote, on a few of them at a time. What fails is
/// tried again until it succeeds. All of it can be repeated.
/// </summary>
internal sealed class ErasureRun : IDisposable
{
    /// <summary>On how many videos a process removes at once, of all erasures together.</summary>
    public const int VideosAtOnce = 4;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly AuthorId _author;
    private readonly ICommentStore _store;
    private readonly ILiveVideos _liveVideos;
    private readonly TimeProvider _time;
    private readonly LiveVideoLog? _log;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _end;
    private readonly CancellationToken _ended;
    private ConcurrentQueue<LiveVideoId>? _videos;
    private int _count;
    private int _videosDone;
    private long _removed;
    private volatile bool _isDone;

    /// <summary>Makes the work of an erasure.</summary>
    /// <param name="job">Which erasure.</param>
    /// <param name="store">Where the videos are found.</param>
    /// <param name="liveVideos">Who removes the comments.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where failures are logged; null if nowhere.</param>
    /// <param name="slots">What erasures of this process may do at once.</param>
    /// <param name="stopping">Ends it with the process.</param>
    public ErasureRun(
        ErasureJob job,
        ICommentStore store,
        ILiveVideos liveVideos,
        TimeProvider time,
        LiveVideoLog? log,
        SemaphoreSlim slots,
        CancellationToken stopping)
    {
        (Job, _author, _store, _liveVideos, _time, _log, _slots) = (job, job.Erasure.Author, store, liveVideos, time, log, slots);
        _removed = job.Erasure.Removed;
        _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _ended = _end.Token;
    }

    /// <summary>Which erasure.</summary>
    public ErasureJob Job { get; }

    /// <summary>Whether all is removed.</summary>
    public bool IsDone => _isDone;

    /// <summary>How far it is.</summary>
    public Erasure Progress => Job.Erasure with
    {
        // The count is written before the videos are.
        Videos = Volatile.Read(ref _videos) is null ? null : _count,
        VideosDone = Volatile.Read(ref _videosDone),
        Removed = Interlocked.Read(ref _removed),
    };

    /// <summary>Completes when all is removed, or it was ended before.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!await TryAsync(FindVideosAsync).ConfigureAwait(false))
            {
            }

            await Task.WhenAll(Enumerable.Range(0, VideosAtOnce).Select(_ => EraseSomeAsync())).ConfigureAwait(false);
            _isDone = true;
        }
        catch (OperationCanceledException)
        {
            // Another process goes on, or this one when it has started again.
        }
    }

    /// <summary>Ends it before it is done. Removals under way complete.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task FindVideosAsync()
    {
        var found = new HashSet<LiveVideoId>();
        await foreach (var video in _store.FindVideosAsync(_author, _ended).ConfigureAwait(false))
        {
            _ended.ThrowIfCancellationRequested();
            found.Add(video);
        }

        _count = found.Count;
        Volatile.Write(ref _videos, new(found));
    }

    private async Task EraseSomeAsync()
    {
        while (_videos!.TryDequeue(out var video))
        {
            _ended.ThrowIfCancellationRequested();
            // One that fails is in no other's way.
            if (!await TryAsync(() => EraseAsync(video)).ConfigureAwait(false)) _videos.Enqueue(video);
        }
    }

    private async Task EraseAsync(LiveVideoId video)
    {
        await RemoveAsync(video).ConfigureAwait(false);
        await RemoveAsync(video.OfHeld).ConfigureAwait(false);
        await RemoveAsync(video.OfNames).ConfigureAwait(false);
        Interlocked.Increment(ref _videosDone);
    }

    private async Task RemoveAsync(LiveVideoId video)
    {
        // The owner is not woken for nothing. A removal that was begun and of which nobody was told is something: the owner finishes it.
        var written = await _store.FindByAuthorAsync(video, _author, CommentId.None, CommentId.Max).ConfigureAwait(false);
        if (written.Ids.Count > 0 || await HasUnfinishedAsync(video).ConfigureAwait(false))
        {
            var outcome = await _liveVideos.RemoveAsync(video, RemovalRequest.OfAuthor(_author, CommentId.None)).ConfigureAwait(false);
            if (outcome.Status != RemovalStatus.Removed)
                throw new CommentsUnavailableException($"The owner of {video} did not take the removal: {outcome.Status}.");
            Interlocked.Add(ref _removed, outcome.Count);
        }
    }

    private async Task<bool> HasUnfinishedAsync(LiveVideoId video)
    {
        var intents = new RemovalIntents(video, _store);
        await intents.LoadAsync().ConfigureAwait(false);
        await intents.FindUnfinishedAsync(CommentId.None).ConfigureAwait(false);
        return intents.Unfinished.Count > 0;
    }

    /// <summary>Tries something; if it fails, rests before it returns that.</summary>
    private async Task<bool> TryAsync(Func<Task> work)
    {
        await _slots.WaitAsync(_ended).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            // A process that ends takes its parts away. Then the rest ends this, too.
            if (!_ended.IsCancellationRequested) _log?.ErasureDelayed(_author, exception);
        }
        finally
        {
            _slots.Release();
        }

        await Task.Delay(Rest, _time, _ended).ConfigureAwait(false);
        return false;
    }
}
