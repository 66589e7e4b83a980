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

    // Up to this many posters are answered on the current thread: to wake another would take longer.
    private const int AnswersAtOnce = 8;

    private readonly LiveVideoId _id;
    private readonly ICommentStore _store;
    private readonly TimeProvider _time;
    private readonly CommentMetrics _metrics;
    private readonly LiveVideoLog? _log;
    private readonly Action<Action>? _afterTurn;
    private readonly Observers _observers = new();
    private readonly PostQueue _posts;
    private readonly OwnedLog _owned;
    private bool _appending;
    private CommentId _lastChecked;

    /// <summary>Makes the owner of a live video; it reads nothing yet.</summary>
    /// <param name="id">Which live video.</param>
    /// <param name="store">Where its log is.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="log">Where unusual things are logged; null if nowhere.</param>
    /// <param name="afterTurn">Runs a short piece of work right after the current turn, on the same thread; null if the host has no such way.</param>
    public LiveVideo(
        LiveVideoId id,
        ICommentStore store,
        LiveVideoOptions options,
        TimeProvider time,
        CommentMetrics metrics,
        LiveVideoLog? log = null,
        Action<Action>? afterTurn = null)
    {
        (_id, _store, _time, _metrics, _log, _afterTurn) = (id, store, time, metrics, log, afterTurn);
        _posts = new(options, time, metrics);
        _owned = new(id, store, options, time, _observers);
    }

    /// <summary>The last comment in the log, as far as this owner knows; <see cref="CommentId.None"/> before it has looked.</summary>
    public CommentId Last => _owned.Last;

    /// <summary>Posts a comment; completes when it is durable or refused.</summary>
    public Task<PostOutcome> PostAsync(CommentDraft draft)
    {
        var outcome = _posts.Add(draft);
        if (!_appending) _ = AppendWaitingAsync();
        return outcome;
    }

    /// <summary>Posts comments that came together, as one; completes when each is durable or refused, with their outcomes in order.</summary>
    public Task<PostOutcome[]> PostAsync(IEnumerable<CommentDraft> drafts)
    {
        var outcomes = drafts.Select(_posts.Add).ToList();
        if (!_appending) _ = AppendWaitingAsync();
        return Task.WhenAll(outcomes);
    }

    /// <summary>Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>.</summary>
    public async Task<CommentPage> ReadAsync(CommentId before, int limit) =>
        _owned.Recent.TryRead(before, limit)
        ?? CommentPage.FromOneMore(await _store.ReadBeforeAsync(_id, before, limit + 1), limit);

    /// <summary>Tells <paramref name="observer"/> of all that comes after the returned id.</summary>
    public async Task<CommentId> SubscribeAsync(ILiveVideoObserver observer)
    {
        await _owned.LoadAsync();
        _observers.Add(observer);
        return Last;
    }

    /// <summary>Tells <paramref name="observer"/> of what is accepted from now on, without looking where the log ends.</summary>
    public void Subscribe(ILiveVideoObserver observer) => _observers.Add(observer);

    /// <summary>Ends what <see cref="SubscribeAsync"/> or <see cref="Subscribe"/> began.</summary>
    public void Unsubscribe(ILiveVideoObserver observer) => _observers.Remove(observer);

    /// <summary>
    /// Looks whether another owner has written to the log since the last call, and steps down if so. Only an owner that receives no posts needs it:
    /// a post would find the conflict.
    /// </summary>
    public async Task CheckOwnerAsync()
    {
        if (!_owned.IsLoaded || _appending) return;
        var last = Last;
        if (last != _lastChecked)
        {
            // We have appended: the log was ours until then.
            _lastChecked = last;
            return;
        }

        try
        {
            var tail = await _store.ReadTailAsync(_id, CommentId.Max);
            if (tail.Last == last || Last != last || _appending) return;
            StepDown();
            await _owned.LoadAsync();
        }
        catch (CommentsUnavailableException)
        {
            // It will be looked at again.
        }
    }

    private async Task AppendWaitingAsync()
    {
        _appending = true;
        while (!_posts.IsEmpty) await AppendAsync(await _posts.TakeAsync());
        _appending = false;
    }

    private async Task AppendAsync(List<PendingPost> posts)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
            {
                await _owned.LoadAsync();
                var append = PendingAppend.Number(_id, posts, Last, _owned.Keys, _time.GetUtcNow());
                if (append.Entries.Count == 0
                    || await _store.AppendAsync(_id, Last, append.Entries) == AppendResult.Appended)
                {
                    Publish(append);
                    return;
                }

                StepDown();
            }
        }
        catch (CommentsUnavailableException exception)
        {
            // Whether the append reached the log is not known: only the log can tell.
            _owned.Doubt();
            _log?.StoreFailed(_id, exception);
        }
        catch (Exception unexpected)
        {
            // A defect in a store or an observer. It may cost these posts, not the video.
            _owned.Doubt();
            _log?.Failed(_id, unexpected);
            foreach (var post in posts) post.Outcome.TrySetException(unexpected);
            return;
        }

        _metrics.Refused(PostStatus.Unavailable, posts.Count);
        foreach (var post in posts) post.Outcome.SetResult(new(PostStatus.Unavailable));
    }

    private void Publish(PendingAppend append)
    {
        if (append.Entries.Count > 0)
        {
            var comments = new Comment[append.Entries.Count];
            for (var i = 0; i < comments.Length; i++)
            {
                comments[i] = append.Entries[i].Comment;
                _owned.Add(append.Entries[i]);
                _metrics.Accepted(Stopwatch.GetElapsedTime(append.Posts[i].Since));
            }

            _observers.OnBatch(new(Last, comments));
            _owned.EndAppend(comments[^1].Id);
            // After the observers, so that a poster who looks finds its comment wherever it looks. Outside the turns, and all from one
            // thread: to wake one for each would cost more than what they have left to do.
            if (_afterTurn is not null && append.Posts.Count <= AnswersAtOnce) _afterTurn(append.Answer);
            else ThreadPool.UnsafeQueueUserWorkItem(static append => append.Answer(), append, preferLocal: true);
        }

        foreach (var (post, first) in append.Repeats) _ = AnswerRepeatAsync(post, first);
    }

    private async Task AnswerRepeatAsync(PendingPost post, CommentId first)
    {
        try
        {
            var comment = _owned.Recent.Find(first) ?? (await _store.ReadBeforeAsync(_id, first.Successor, 1))[0];
            _metrics.Refused(PostStatus.Repeated);
            post.Outcome.SetResult(new(PostStatus.Repeated, comment));
        }
        catch (CommentsUnavailableException)
        {
            _metrics.Refused(PostStatus.Unavailable);
            post.Outcome.SetResult(new(PostStatus.Unavailable));
        }
    }

    private void StepDown()
    {
        _owned.StepDown();
        _log?.SteppedDown(_id);
    }
}
