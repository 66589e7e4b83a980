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
/// <param name="id">Which live video.</param>
/// <param name="store">Where its log is.</param>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="afterTurn">Runs a short piece of work where the current turn has ended, on the same thread; null where the host has no such way.</param>
public sealed class LiveVideo(
    LiveVideoId id,
    ICommentStore store,
    LiveVideoOptions options,
    TimeProvider time,
    CommentMetrics metrics,
    Action<Action>? afterTurn = null)
{
    private const int MaxConflictsInARow = 10;

    // So few posters are answered sooner by the thread that is here than another is found.
    private const int AnswersAtOnce = 8;

    private readonly List<ILiveVideoObserver> _observers = [];
    private List<WaitingPost> _waiting = [];
    private bool _appending;
    private long? _lastAppend;

    private Task? _loading;
    private CommentId _lastChecked;
    private bool _overtaken;
    private RecentComments _recent = new(options.RecentComments, CommentId.Max);
    private KnownKeys _keys = new(options.RepeatWindow);

    /// <summary>The last comment in the log, as far as this owner knows; <see cref="CommentId.None"/> before it has looked.</summary>
    public CommentId Last { get; private set; }

    /// <summary>Posts a comment; completes when it is durable or refused.</summary>
    public Task<PostOutcome> PostAsync(CommentDraft draft)
    {
        var outcome = Enqueue(draft);
        if (!_appending) _ = AppendWaitingAsync();
        return outcome;
    }

    /// <summary>Posts comments that came together, as one; completes when each is durable or refused, with their outcomes in order.</summary>
    public Task<PostOutcome[]> PostAsync(IEnumerable<CommentDraft> drafts)
    {
        var outcomes = drafts.Select(Enqueue).ToList();
        if (!_appending) _ = AppendWaitingAsync();
        return Task.WhenAll(outcomes);
    }

    /// <summary>Reads up to <paramref name="limit"/> comments with ids below <paramref name="before"/>.</summary>
    public async Task<CommentPage> ReadAsync(CommentId before, int limit) =>
        _recent.TryRead(before, limit)
        ?? CommentPage.FromOneMore(await store.ReadBeforeAsync(id, before, limit + 1), limit);

    /// <summary>Tells <paramref name="observer"/> of all that comes after the returned id.</summary>
    public async Task<CommentId> SubscribeAsync(ILiveVideoObserver observer)
    {
        await LoadAsync();
        _observers.Add(observer);
        return Last;
    }

    /// <summary>Tells <paramref name="observer"/> of what is accepted from now on, without looking where the log ends.</summary>
    public void Subscribe(ILiveVideoObserver observer) => _observers.Add(observer);

    /// <summary>Ends what <see cref="SubscribeAsync"/> or <see cref="Subscribe"/> began.</summary>
    public void Unsubscribe(ILiveVideoObserver observer) => _observers.Remove(observer);

    /// <summary>
    /// Looks whether another owner has written to the log since, and steps down if so. An append of our own would have found it: it is for
    /// an owner that is asked for none any more.
    /// </summary>
    public async Task CheckOwnerAsync()
    {
        if (_loading is null || _appending) return;
        var last = Last;
        if (last != _lastChecked)
        {
            // We have appended: the log was ours until then.
            _lastChecked = last;
            return;
        }

        try
        {
            var tail = await store.ReadTailAsync(id, CommentId.Max);
            if (tail.Last == last || Last != last || _appending) return;
            StepDown();
            await LoadAsync();
        }
        catch (CommentsUnavailableException)
        {
            // It will be looked at again.
        }
    }

    private Task<PostOutcome> Enqueue(CommentDraft draft)
    {
        if (_waiting.Count >= options.MaxWaitingPostsPerVideo)
        {
            metrics.Refused(PostStatus.Overloaded);
            return Task.FromResult(new PostOutcome(PostStatus.Overloaded));
        }

        var post = new WaitingPost(draft, Stopwatch.GetTimestamp());
        _waiting.Add(post);
        return post.Outcome.Task;
    }

    private async Task AppendWaitingAsync()
    {
        _appending = true;
        while (_waiting.Count > 0)
        {
            await GatherAsync();
            var (posts, count) = (_waiting, CountForAppend());
            _waiting = posts[count..];
            await AppendAsync(count == posts.Count ? posts : posts[..count]);
        }

        _appending = false;
    }

    /// <summary>Waits where the last append began just now, so that more posts share the next.</summary>
    private async Task GatherAsync()
    {
        if (_lastAppend is { } last
            && options.AppendInterval - time.GetElapsedTime(last) is var rest
            && rest > TimeSpan.Zero
            && _waiting.Count < options.MaxAppend
            && CountForAppend() == _waiting.Count)
            await Task.Delay(rest, time);
        _lastAppend = time.GetTimestamp();
    }

    /// <summary>How many of the waiting posts, from the first, the next append carries: what its bounds allow, and at least one.</summary>
    private int CountForAppend()
    {
        var most = Math.Min(_waiting.Count, options.MaxAppend);
        var bytes = 0L;
        for (var count = 0; count < most; count++)
        {
            bytes += _waiting[count].Bytes;
            if (bytes > options.MaxAppendBytes) return Math.Max(count, 1);
        }

        return most;
    }

    private async Task AppendAsync(List<WaitingPost> posts)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxConflictsInARow; attempt++)
            {
                await LoadAsync();
                var append = Number(posts);
                if (append.Entries.Count == 0
                    || await store.AppendAsync(id, Last, append.Entries) == AppendResult.Appended)
                {
                    Publish(append);
                    return;
                }

                StepDown();
            }
        }
        catch (CommentsUnavailableException)
        {
            // Whether the append reached the log is not known: only the log can tell.
            _loading = null;
        }
        catch (Exception unexpected)
        {
            // A defect in a store or an observer. It may cost these posts, not the video.
            _loading = null;
            foreach (var post in posts) post.Outcome.TrySetException(unexpected);
            return;
        }

        metrics.Refused(PostStatus.Unavailable, posts.Count);
        foreach (var post in posts) post.Outcome.SetResult(new(PostStatus.Unavailable));
    }

    /// <summary>Gives the new comments their ids, and finds out which posts repeat an earlier one.</summary>
    private Append Number(List<WaitingPost> posts)
    {
        var now = time.GetUtcNow();
        _keys.Forget(now);
        var append = new Append(posts.Count);
        var last = Last;
        foreach (var post in posts)
        {
            if (post.Draft.Key is { } key)
            {
                if (_keys.TryGet(key, out var first))
                {
                    append.Repeats.Add((post, first));
                    continue;
                }

                if (append.NewKeys.TryGetValue(key, out var same))
                {
                    append.Repeats.Add((post, same));
                    continue;
                }
            }

            last = last.Next(now);
            if (post.Draft.Key is { } newKey) append.NewKeys.Add(newKey, last);
            append.Entries.Add(new(new(last, id, post.Draft.Author, post.Draft.Message), post.Draft.Key));
            append.Posts.Add(post);
        }

        return append;
    }

    private void Publish(Append append)
    {
        if (append.Entries.Count > 0)
        {
            var comments = new Comment[append.Entries.Count];
            for (var i = 0; i < comments.Length; i++)
            {
                var (comment, key) = append.Entries[i];
                comments[i] = comment;
                _recent.Add(comment);
                if (key is { } known) _keys.Add(known, comment.Id);
                metrics.Accepted(Stopwatch.GetElapsedTime(append.Posts[i].Since));
            }

            Notify(new(Last, comments));
            Last = comments[^1].Id;
            // After the observers, so that a poster who looks finds its comment wherever it looks. Outside the turns, and all from one
            // thread: to wake one for each would cost more than what they have left to do.
            if (afterTurn is not null && append.Posts.Count <= AnswersAtOnce) afterTurn(append.Answer);
            else ThreadPool.UnsafeQueueUserWorkItem(static append => append.Answer(), append, preferLocal: true);
        }

        foreach (var (post, first) in append.Repeats) _ = AnswerRepeatAsync(post, first);
    }

    private async Task AnswerRepeatAsync(WaitingPost post, CommentId first)
    {
        try
        {
            var comment = _recent.Find(first) ?? (await store.ReadBeforeAsync(id, first.Successor, 1))[0];
            metrics.Refused(PostStatus.Repeated);
            post.Outcome.SetResult(new(PostStatus.Repeated, comment));
        }
        catch (CommentsUnavailableException)
        {
            metrics.Refused(PostStatus.Unavailable);
            post.Outcome.SetResult(new(PostStatus.Unavailable));
        }
    }

    private void Notify(CommentBatch batch)
    {
        foreach (var observer in _observers) observer.OnBatch(batch);
    }

    /// <summary>
    /// Somebody else owns the log too, for a moment or for good. What we believed of it is outdated; once it is read again, those who follow it
    /// here are told.
    /// </summary>
    private void StepDown()
    {
        _loading = null;
        _overtaken = true;
    }

    private async Task LoadAsync()
    {
        var loading = _loading ??= LoadFromStoreAsync();
        try
        {
            await loading;
        }
        catch (CommentsUnavailableException) when (_loading == loading)
        {
            _loading = null;
            throw;
        }
    }

    private async Task LoadFromStoreAsync()
    {
        var keys = new KnownKeys(options.RepeatWindow);
        var tail = await store.ReadTailAsync(id, keys.OldestKnown(time.GetUtcNow()));
        foreach (var (key, comment) in tail.Keys) keys.Add(key, comment);
        _keys = keys;
        if (Last != tail.Last || _recent.Floor > tail.Last)
        {
            Last = tail.Last;
            _recent = new(options.RecentComments, tail.Last);
            // Others have written: the observers' next batch would not follow on what they have; let them catch up now.
            Notify(new(Last, []));
        }

        if (!_overtaken) return;
        _overtaken = false;
        foreach (var observer in _observers) observer.OnOwnerChanged();
    }

    /// <summary>A post on its way into the log.</summary>
    private sealed record WaitingPost(CommentDraft Draft, long Since)
    {
        public int Bytes { get; } = LogEntry.BytesOf(Draft.Author, Draft.Message, Draft.Key);

        public TaskCompletionSource<PostOutcome> Outcome { get; } = new();
    }

    /// <summary>What one append writes, and for whom.</summary>
    private sealed class Append(int capacity)
    {
        public List<LogEntry> Entries { get; } = new(capacity);
        public List<WaitingPost> Posts { get; } = new(capacity);
        public Dictionary<IdempotencyKey, CommentId> NewKeys { get; } = [];
        public List<(WaitingPost Post, CommentId First)> Repeats { get; } = [];

        public void Answer()
        {
            for (var i = 0; i < Posts.Count; i++) Posts[i].Outcome.SetResult(new(PostStatus.Accepted, Entries[i].Comment));
        }
    }
}
