namespace LiveComments;

/// <summary>
/// Who is told of the entries of one video, and when: moderators at once, everybody else when the delay of the settings
/// (<see cref="VideoSettings.DelaySeconds"/>) is over. It is used in the turns of the video alone.
/// </summary>
/// <remarks>
/// One id, <see cref="Public"/>, says how far everybody may see. What lies behind it waits here or, if it is much or another owner has
/// written it, in the log alone: then everybody is told how far to read. A removal waits for its place like all entries, for else a viewer
/// that resumes from it would pass over the comments before it; but it is told at once as well, early and without a place.
/// </remarks>
/// <param name="settings">The settings, as far as they were read.</param>
/// <param name="time">The clock.</param>
/// <param name="afterTurn">See <see cref="Observers"/>.</param>
internal sealed class News(Func<VideoSettings> settings, TimeProvider time, Action<Action>? afterTurn)
{
    // More are not kept: whoever is told how far the log is reads them there.
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    // A shorter delay holds from the next look on.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly Observers _everybody = new(afterTurn);
    private readonly Observers _moderators = new(afterTurn);
    private Queue<CommentBatch> _waiting = [];
    private readonly List<Removal> _early = [];
    private int _waitingComments;
    private CommentId _inLog;
    private bool _anotherWrote;
    private CommentId _told;
    private bool _releasing;

    /// <summary>All entries up to this id, which need not be one, may be seen by everybody.</summary>
    public CommentId Public { get; private set; }

    /// <summary>The settings that everybody was told.</summary>
    public VideoSettings Settings { get; private set; } = VideoSettings.Default;

    /// <summary>The removals that everybody is told of before their places are public.</summary>
    public IReadOnlyList<Removal> Early => _early;

    /// <summary>Whether another owner may have written removals that are to be told early: see <see cref="TakeEarly"/>.</summary>
    public bool MissesRemovals => _anotherWrote && _inLog > Public;

    private bool IsBehind => _waiting.Count > 0 || _inLog > Public;

    /// <summary>Tells somebody from now on, of all that follows on <see cref="Public"/>.</summary>
    public void Add(ILiveVideoObserver observer)
    {
        _everybody.Add(observer);
        if (_early.Count > 0) observer.OnBatch(CommentBatch.OfEarly([.. _early]));
    }

    /// <summary>Tells a moderator from now on, without the delay.</summary>
    public void AddModerator(ILiveVideoObserver observer) => _moderators.Add(observer);

    /// <summary>Tells somebody no more.</summary>
    public void Remove(ILiveVideoObserver observer)
    {
        _everybody.Remove(observer);
        _moderators.Remove(observer);
    }

    /// <summary>Takes what was appended, which follows on all before. The settings must have been read.</summary>
    public void OnBatch(CommentBatch batch)
    {
        _moderators.OnBatch(batch);
        if (!IsBehind && settings().DelaySeconds == 0)
        {
            _everybody.OnBatch(batch);
            Public = batch.Last;
            return;
        }

        Tell(batch.Removals);
        _waiting.Enqueue(batch);
        _waitingComments += batch.Comments.Count;
        if (_waitingComments > MostWaiting) LeaveInLog(batch.Last);
        Release();
    }

    /// <summary>
    /// Another owner has written up to an entry: what comes next does not follow on what was told. <see cref="OnSettings"/> follows, for it
    /// may have changed these as well.
    /// </summary>
    public void OnOtherOwner(CommentId last)
    {
        _moderators.OnBatch(new(last, []));
        LeaveInLog(last);
        _anotherWrote = true;
    }

    /// <summary>Takes the removals after <see cref="Public"/> that another owner has written, in the order of the log.</summary>
    public void TakeEarly(IEnumerable<Removal> removals)
    {
        _anotherWrote = false;
        Tell([.. removals.Where(removal => removal.Id > Public && !_early.Exists(early => early.Id == removal.Id))]);
    }

    /// <summary>The settings were read or changed.</summary>
    public void OnSettings()
    {
        var current = settings();
        if (current.Version != _told)
        {
            _told = current.Version;
            _moderators.OnBatch(CommentBatch.Of(current));
        }

        TellEverybody(current);
        Release();
    }

    /// <inheritdoc cref="ILiveVideoObserver.OnOwnerChanged"/>
    public void OnOwnerChanged()
    {
        _moderators.OnOwnerChanged();
        _everybody.OnOwnerChanged();
    }

    /// <summary>Tells the settings. That the video is over comes after its last comment, which may still wait for its time.</summary>
    private void TellEverybody(VideoSettings current)
    {
        if (current.Version == Settings.Version || (current.State == VideoState.Ended && IsBehind)) return;
        Settings = current;
        _everybody.OnBatch(CommentBatch.Of(current));
    }

    private void Tell(IReadOnlyList<Removal> removals)
    {
        Removal[] early = [.. removals.Where(removal => !removal.Removed.AreNone)];
        if (early.Length == 0) return;
        // Nobody is shown what was removed before its time.
        if (_waiting.Any(batch => batch.Comments.Any(IsRemoved))) _waiting = new(_waiting.Select(Without));
        _early.AddRange(early);
        _everybody.OnBatch(CommentBatch.OfEarly(early));

        bool IsRemoved(Comment comment) => Array.Exists(early, removal => removal.Removed.Include(comment));

        // Its place is kept, so that the next batch follows on this one.
        CommentBatch Without(CommentBatch batch) => batch with
        {
            Comments = [.. batch.Comments.Where(comment => !IsRemoved(comment))],
            Removals =
            [
                .. batch.Removals
                    .Concat(batch.Comments.Where(IsRemoved).Select(comment => new Removal(comment.Id, RemovedComments.None)))
                    .OrderBy(removal => removal.Id),
            ],
        };
    }

    private void LeaveInLog(CommentId last)
    {
        _waiting.Clear();
        _waitingComments = 0;
        _inLog = last;
        // A log that was cut, in a store that was put back, ends before what was public.
        if (Public > last) Public = CommentId.None;
    }

    /// <summary>Tells everybody of what is public by now.</summary>
    private void Release()
    {
        var upTo = settings().PublicAt(time.GetUtcNow());
        if (_inLog > Public && upTo > Public)
        {
            Public = upTo < _inLog ? upTo : _inLog;
            _everybody.OnBatch(new(Public, []));
        }

        while (_inLog <= Public && _waiting.TryPeek(out var next) && next.Last <= upTo)
        {
            _waiting.Dequeue();
            _waitingComments -= next.Comments.Count;
            Public = next.Last;
            _everybody.OnBatch(next);
        }

        _early.RemoveAll(removal => removal.Id <= Public);
        TellEverybody(settings());
        if (IsBehind && !_releasing) _ = ReleaseLaterAsync();
    }

    private async Task ReleaseLaterAsync()
    {
        _releasing = true;
        while (IsBehind)
        {
            await Task.Delay(Pause(), time);
            Release();
        }

        _releasing = false;
    }

    private TimeSpan Pause()
    {
        if (_inLog > Public || !_waiting.TryPeek(out var next)) return LongestPause;
        var rest = next.Last.CreatedAt + TimeSpan.FromSeconds(settings().DelaySeconds) - time.GetUtcNow();
        return rest < ShortestPause ? ShortestPause : rest > LongestPause ? LongestPause : rest;
    }
}
