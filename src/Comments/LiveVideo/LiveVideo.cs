using System.Diagnostics;

namespace LiveComments;

/// <summary>
/// The actor: the one owner of one live video. It decides the order and the ids of its comments, knows repeats, makes
/// comments durable and only then tells posters and observers.
/// </summary>
/// <remarks>
/// It works in turns and has no locks: whoever hosts it runs its methods, and their continuations, one at a time (an
/// Orleans grain that is reentrant does, <see cref="InProcessLiveVideos"/> does). While an append is under way other turns go on:
/// reads are answered and posts gather for the next append, which carries all that wait: the group commit.
/// </remarks>
public sealed class LiveVideo
{
    private const int MaxConflictsInARow = 10;

    // Up to this many posters are answered on the current thread: waking another would take longer.
    private const int AnswersAtOnce = 8;

    private readonly LiveVideoId _id;
    private readonly ICommentStore _store;
    private readonly CommentClock _clock;
    private readonly CommentMetrics _metrics;
    private readonly LiveVideoLog? _log;
    private readonly SiteBans? _siteBans;
    private readonly Action<Action>? _afterTurn;
    private readonly News _news;
    private readonly PostQueue _posts;
    private readonly RemovalQueue _removals;
    private readonly OwnedLog _owned;
    private readonly RemovalTurn _removalTurn;
    private readonly RepeatedPosts _repeats;
    private readonly OwnerLook _look;
    private LastAddresses? _addresses;
    private bool _appending;

    /// <summary>Makes the owner of a live video; it reads nothing yet.</summary>
    /// <param name="id">Which live video.</param>
    /// <param name="store">Where its log is.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock. Who makes many owners gives all of them one <see cref="CommentClock"/>.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="log">Where unusual things are logged; null if nowhere.</param>
    /// <param name="afterTurn">Runs a short piece of work right after the current turn, on the same thread; null if the host has no such
    /// way.</param>
    /// <param name="siteBans">Who may write on no video; null if nobody is banned so.</param>
    public LiveVideo(
        LiveVideoId id,
        ICommentStore store,
        LiveVideoOptions options,
        TimeProvider time,
        CommentMetrics metrics,
        LiveVideoLog? log = null,
        Action<Action>? afterTurn = null,
        SiteBans? siteBans = null)
    {
        var clock = time as CommentClock ?? new CommentClock(time);
        (_id, _store, _clock, _metrics, _log, _afterTurn, _siteBans) = (id, store, clock, metrics, log, afterTurn, siteBans);
        _news = new(() => _owned!.Settings.Current, clock, afterTurn);
        // What goes to a log of decisions was let in before.
        _posts = new(options, paced: !id.HoldsDecisions || id.HoldsHeldComments, clock, metrics);
        _removals = new(options.MaxWaitingPostsPerVideo);
        _owned = new(id, store, options, clock, _news);
        _removalTurn = new(id, store, _owned, _news, clock, metrics, afterTurn);
        _repeats = new(id, store, _owned, metrics, log);
        _look = new(
            id, store, _owned, clock, mayBeOvertaken: options.CheckOwnerEvery is not null, isAppending: () => _appending, ReadAgainAsync);
    }

    /// <summary>The last entry in the log, as far as this owner knows; <see cref="CommentId.None"/> before it has looked.</summary>
    public CommentId Last => _owned.Last;

    /// <summary>All entries up to this id, which need not be one, may be seen by everybody.</summary>
    public CommentId Public => _news.Public;

    /// <summary>The last removal in the log, as far as this owner knows.</summary>
    public CommentId LastRemoval => _owned.LastRemoval;

    /// <summary>The removals that everybody is told of before they are public.</summary>
    public IReadOnlyList<Removal> Early => _news.Early;

    /// <summary>The settings of the video, as far as they were read.</summary>
    public VideoSettings Settings => _owned.Settings.Current;

    /// <summary>The settings that everybody may know: that the video is over comes after its last comment, which may still wait.</summary>
    public VideoSettings PublicSettings => _news.Settings;

    /// <summary>Posts a comment; completes when it is durable or refused.</summary>
    public Task<PostOutcome> PostAsync(CommentDraft draft)
    {
        var outcome = _posts.Add(draft);
        if (!_appending) _ = AppendWaitingAsync();
        return outcome;
    }

    /// <summary>
    /// Posts comments that came together, as one; completes when each is durable or refused, with their outcomes in order.
    /// </summary>
    public Task<PostOutcome[]> PostAsync(IEnumerable<CommentDraft> drafts)
    {
        var outcomes = drafts.Select(_posts.Add).ToList();
        if (!_appending) _ = AppendWaitingAsync();
        return Task.WhenAll(outcomes);
    }

    /// <summary>The bans of the video that hold now, the last one first.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task<IReadOnlyList<Ban>> ReadBansAsync()
    {
        await _owned.LoadSettingsAsync();
        await _owned.LoadBansAsync();
        return _owned.Bans.All();
    }

    /// <summary>The settings of the video.</summary>
    /// <exception cref="CommentsUnavailableException">The store failed.</exception>
    public async Task<VideoSettings> ReadSettingsAsync()
    {
        await _owned.LoadSettingsAsync();
        return Settings;
    }

    /// <summary>
    /// Removes comments, bans somebody or changes the settings; completes when the texts have left the store, what was decided holds and
    /// the observers were told, or it is refused.
    /// </summary>
    public Task<RemovalOutcome> RemoveAsync(RemovalRequest request)
    {
        var outcome = _removals.Add(request.Ban is { } ban ? request.At(_addresses?.Find(ban.Author)) : request);
        if (!_appending) _ = AppendWaitingAsync();
        return outcome;
    }

    /// <summary>Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>.</summary>
    public async Task<CommentPage> ReadAsync(CommentId before, int limit)
    {
        await CatchUpAsync();
        return _owned.Recent.TryRead(before, limit) is { } page
            ? page with { AsOf = Last, LastRemoval = LastRemoval }
            : await _store.ReadPageAsync(_id, before, limit);
    }

    /// <summary>
    /// Tells <paramref name="observer"/> of all that comes after the returned id: of a moderator at once, else when it is public.
    /// </summary>
    public async Task<CommentId> SubscribeAsync(ILiveVideoObserver observer, bool moderates = false)
    {
        await _owned.LoadSettingsAsync();
        await CatchUpAsync();
        // In its turn: somebody may write just now.
        if (_owned.IsOver) await RemoveAsync(EndIt());
        if (moderates) _news.AddModerator(observer);
        else _news.Add(observer);
        var last = moderates ? Last : Public;
        Finish();
        return last;
    }

    /// <summary>Tells <paramref name="observer"/> of what is public from now on, without looking where the log ends.</summary>
    public void Subscribe(ILiveVideoObserver observer) => _news.Add(observer);

    /// <summary>Ends what <see cref="SubscribeAsync"/> or <see cref="Subscribe"/> began.</summary>
    public void Unsubscribe(ILiveVideoObserver observer) => _news.Remove(observer);

    /// <inheritdoc cref="OwnerLook.CheckAsync"/>
    public Task CheckOwnerAsync() => _look.CheckAsync();

    /// <inheritdoc cref="OwnerLook.CatchUpAsync"/>
    internal Task CatchUpAsync() => _look.CatchUpAsync();

    private RemovalRequest EndIt() => RemovalRequest.OfSettings(new() { State = VideoState.Ended, Version = Settings.Version });

    private async Task ReadAgainAsync()
    {
        StepDown();
        await _owned.LoadSettingsAsync();
        Finish();
    }

    /// <summary>Begins to finish what was found unfinished.</summary>
    private void Finish()
    {
        if (_owned.HasUnfinished && !_appending) _ = AppendWaitingAsync();
    }

    private async Task AppendWaitingAsync()
    {
        _appending = true;
        while (!_posts.IsEmpty || !_removals.IsEmpty || _owned.HasUnfinished)
        {
            if (!_removals.IsEmpty || _owned.HasUnfinished) await AppendAsync(_removals.Take());
            if (!_posts.IsEmpty) await AppendAsync(await _posts.TakeAsync());
        }

        _appending = false;
    }

    private async Task AppendAsync(List<PendingPost> posts)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
            {
                if (_siteBans is not null) await _siteBans.LoadedAsync();
                await _owned.LoadForPostsAsync();
                if (_owned.IsOver) await _owned.ChangeSettingsAsync(EndIt().Settings!);
                var append = PendingAppend.AssignIds(_id, posts, _owned, _siteBans, _clock.GetUtcNow());
                if (_owned.IsAhead) _log?.Ahead(_id, Last);
                if (append.Entries.Count == 0
                    || await _store.AppendAsync(_id, Last, append.Entries) == AppendResult.Appended)
                {
                    Publish(append);
                    return;
                }

                StepDown();
            }
        }
        catch (Exception exception)
        {
            Doubt(exception);
            if (exception is not CommentsUnavailableException)
            {
                // It fails these posts, not the video.
                foreach (var post in posts) post.Outcome.TrySetException(exception);
                return;
            }
        }

        _metrics.Refused(PostStatus.Unavailable, posts.Count);
        foreach (var post in posts) post.Outcome.SetResult(new(PostStatus.Unavailable));
    }

    private async Task AppendAsync(List<PendingRemoval> removals)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
            {
                await _owned.LoadSettingsAsync();
                if (await _removalTurn.TryAppendAsync(removals)) return;
                StepDown();
            }
        }
        catch (Exception exception)
        {
            Doubt(exception);
            if (exception is not CommentsUnavailableException)
            {
                foreach (var removal in removals) removal.Outcome.TrySetException(exception);
                return;
            }
        }

        foreach (var removal in removals) removal.Outcome.SetResult(new(RemovalStatus.Unavailable));
    }

    /// <summary>Notes that an append failed: it may have reached the log or not, so the log is read before the next one.</summary>
    private void Doubt(Exception exception)
    {
        _owned.Doubt();
        if (exception is CommentsUnavailableException) _log?.StoreFailed(_id, exception);
        // A defect in a store or an observer.
        else _log?.Failed(_id, exception);
    }

    private void Publish(PendingAppend append)
    {
        if (append.Entries.Count > 0)
        {
            var comments = new Comment[append.Entries.Count];
            for (var i = 0; i < comments.Length; i++)
            {
                comments[i] = append.Entries[i].Comment!;
                _owned.Add(append.Entries[i]);
                // A video that is only read needs no place for them.
                (_addresses ??= new(_clock)).Add(append.Posts[i].Draft);
                if (!_id.HoldsDecisions) _metrics.Accepted(Stopwatch.GetElapsedTime(append.Posts[i].Since));
            }

            _news.OnBatch(new(Last, comments));
            _owned.EndAppend(comments[^1].Id);
            // After the observers, so that a poster finds its comment wherever it looks. Outside the turns and on one thread: waking a
            // thread for each poster would cost more than the rest of its work.
            if (_afterTurn is null) AnswerElsewhere(append);
            else if (append.Posts.Count <= AnswersAtOnce) _afterTurn(append.Answer);
            else _afterTurn(() => AnswerElsewhere(append));
        }

        foreach (var (post, outcome) in append.Refused)
        {
            _metrics.Refused(outcome.Status);
            post.Outcome.SetResult(outcome);
        }

        foreach (var (post, first) in append.Repeats) _ = _repeats.AnswerAsync(post, first);
    }

    private static void AnswerElsewhere(PendingAppend append) =>
        ThreadPool.UnsafeQueueUserWorkItem(static append => append.Answer(), append, preferLocal: true);

    private void StepDown()
    {
        _owned.StepDown();
        _metrics.Conflict();
        _log?.SteppedDown(_id);
    }
}
