using System.Net;
using LiveComments.Client.EventStreams;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// Follows one live video at the upstream through one stream, for as long as it is watched here: opened again whenever it breaks, right
/// after the last comment that came. Ids rise, so a comment that comes again is known by its id.
/// </summary>
internal sealed class EdgeSubscription(
    LiveVideoId liveVideoId,
    UpstreamClient upstream,
    ILiveVideoObserver observer,
    Freshness freshness,
    TimeProvider time,
    Random random,
    UpstreamMetrics metrics,
    UpstreamLog trouble) : ILiveVideoSubscription
{
    // More than a viewer's usual backlog, so that the first one costs one read.
    private const int FirstPage = 100;
    private const int MaxBatch = 500;

    private readonly ReceivedComments _received = new(time, freshness);
    private readonly CancellationTokenSource _ended = new();
    private readonly ReconnectDelay _delay = new(random);
    private volatile bool _isCurrent;
    private Task _following = Task.CompletedTask;

    /// <inheritdoc/>
    public CommentId Start { get; private set; }

    /// <inheritdoc/>
    public CommentId? LastRemoval { get; private set; }

    /// <summary>
    /// The settings that the upstream told last. It says no version: here they are counted. <see cref="CommentId.None"/>: it told none.
    /// </summary>
    public VideoSettings Settings { get; private set; } = VideoSettings.Default;

    /// <summary>Reads where the log ends and opens the stream from there.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away or refuses.</exception>
    public async Task BeginAsync()
    {
        var begun = time.GetTimestamp();
        var page = await upstream.ReadAsync(liveVideoId, CommentId.Max, FirstPage);
        _received.Begin(page);
        freshness.Confirm(begun);
        (Start, LastRemoval) = (_received.Last, _received.LastRemoval);

        HttpResponseMessage answer;
        try
        {
            answer = await upstream.OpenStreamAsync(liveVideoId, _received.Last, _ended.Token);
        }
        catch (Exception exception) when (UpstreamClient.IsAway(exception))
        {
            throw new CommentsUnavailableException("The upstream is away.", exception);
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            using (answer) throw new CommentsUnavailableException($"The upstream answered {(int)answer.StatusCode} to a stream.");
        }

        // Do not keep the first viewer's ExecutionContext alive for as long as the stream.
        using (ExecutionContext.SuppressFlow())
            _following = Task.Run(() => Task.WhenAll(FollowAsync(answer), freshness.WatchAsync(observer.OnStale, _ended.Token)));
    }

    /// <inheritdoc cref="ReceivedComments.TryRead"/>
    public CommentPage? TryRead(CommentId before, int limit) => _received.TryRead(before, limit);

    /// <inheritdoc cref="ReceivedComments.TryReadNewest"/>
    public CommentPage? TryReadNewest(int limit) => _received.TryReadNewest(limit);

    /// <inheritdoc cref="ReceivedComments.ReachAsync"/>
    // One that waits for its time does not come in a second.
    public Task ReachAsync(CommentId comment) =>
        Settings.DelaySeconds > 0 ? Task.CompletedTask : _received.ReachAsync(comment, _ended.Token);

    /// <inheritdoc cref="ReceivedComments.Apply"/>
    public CommentPage? Apply(CommentPage page) => _received.Apply(page);

    /// <summary>Fails if nothing has come from the upstream for so long that what is here may have been removed.</summary>
    /// <exception cref="CommentsUnavailableException">It is so.</exception>
    public Task SyncAsync() => freshness.IsOver
        ? Task.FromException(new CommentsUnavailableException("The upstream has been away for longer than Upstream:StaleSeconds."))
        : Task.CompletedTask;

    /// <summary>Ends the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _following;
    }

    private async Task FollowAsync(HttpResponseMessage? first)
    {
        while (!_ended.IsCancellationRequested)
        {
            var delay = await FollowOnceAsync(first);
            first = null;
            if (_ended.IsCancellationRequested) return;
            metrics.Broken();
            await Task.Delay(delay, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Follows one stream to its end and gives the time to wait before the next.</summary>
    private async Task<TimeSpan> FollowOnceAsync(HttpResponseMessage? open)
    {
        try
        {
            using var answer = open ?? await upstream.OpenStreamAsync(liveVideoId, _received.Last, _ended.Token);
            if (answer.StatusCode == HttpStatusCode.OK) return _delay.AfterStream(await TakeAsync(answer, isFirst: open is not null));
            trouble.Report($"it answered {(int)answer.StatusCode} to a stream.");
            return _delay.AfterFailure(answer.Headers.RetryAfter);
        }
        catch (Exception exception) when (UpstreamClient.IsAway(exception))
        {
            if (!_ended.IsCancellationRequested) trouble.Report(exception.Message);
            return _delay.AfterFailure(null);
        }
    }

    /// <summary>Takes a stream's events to its end, and gives its <c>retry:</c>.</summary>
    private async Task<TimeSpan> TakeAsync(HttpResponseMessage answer, bool isFirst)
    {
        var body = await answer.Content.ReadAsStreamAsync(_ended.Token);
        await using var events = new EventStreamReader<UpstreamEvent>(
            body, (type, data) => UpstreamEvent.Parse(liveVideoId, type, data), Came, time, _ended.Token);
        metrics.StreamOpened();
        using var open = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        // The first begins where the newest page ended, a moment ago. Before what another brings removals may be missing.
        _isCurrent = isFirst;
        var current = isFirst ? Task.CompletedTask : BecomeCurrentAsync(open.Token);
        _received.SetComing(true);
        var isStale = false;
        try
        {
            isStale = await TakeAsync(events);
            trouble.Report(isStale ? "it has lost its own upstream." : "it ended a stream.");
        }
        catch (Exception exception) when (UpstreamClient.IsAway(exception))
        {
            if (!_ended.IsCancellationRequested) trouble.Report(exception.Message);
        }
        finally
        {
            await open.CancelAsync();
            await current;
            _received.SetComing(false);
            metrics.StreamClosed();
        }

        if (isStale)
        {
            freshness.End();
            observer.OnStale();
        }

        return events.Retry;

        void Came()
        {
            if (_isCurrent) freshness.Confirm(time.GetTimestamp());
        }
    }

    /// <summary>
    /// Waits until all has come that the upstream had when the stream was opened: from then on each byte of it says that nothing is missing.
    /// </summary>
    private async Task BecomeCurrentAsync(CancellationToken broken)
    {
        var delay = new ReconnectDelay(random);
        while (!_isCurrent && !broken.IsCancellationRequested)
        {
            try
            {
                var begun = time.GetTimestamp();
                var newest = await upstream.ReadAsync(liveVideoId, CommentId.Max, 1).WaitAsync(broken);
                await _received.HasAsync(newest.LastEntry, broken);
                freshness.Confirm(begun);
                _isCurrent = true;
            }
            catch (CommentsUnavailableException exception)
            {
                // Until it is known what is missing, what is here grows old.
                trouble.Report(exception.Message);
                await Task.Delay(delay.AfterFailure(null), time, broken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                // The stream has ended.
                return;
            }
        }
    }

    /// <summary>Takes a stream's events to its end; true if the upstream ended it because what it has is too old.</summary>
    private async Task<bool> TakeAsync(EventStreamReader<UpstreamEvent> events)
    {
        var (comments, removals) = (new List<Comment>(), new List<Removal>());
        while (true)
        {
            var next = events.MoveNextAsync();
            // What comes in one read is one batch.
            if (!next.IsCompleted || comments.Count + removals.Count >= MaxBatch) Publish();
            if (!await next) break;
            var (comment, removed, gapBefore, settings, pin, stale) = events.Current.Data;
            if (stale)
            {
                Publish();
                return true;
            }

            if (settings is not null)
            {
                // They come after the comments before them: the video may be over.
                Publish();
                Take(settings);
            }

            if (pin is not null) Take(pin);
            if (comment is not null && comment.Id > Last()) comments.Add(comment);
            if (removed?.Early is { } early) TakeEarly(new(early, removed with { Early = null }));
            else if (removed is not null && CommentId.TryParse(events.Current.EventId, out var id) && id > Last())
                removals.Add(new(id, removed));
            if (gapBefore is not { } before) continue;
            Publish();
            await SkipToAsync(before);
        }

        Publish();
        return false;

        CommentId Last() => new CommentBatch(_received.Last, comments) { Removals = removals }.Last;

        void Publish()
        {
            if (comments.Count + removals.Count == 0) return;
            var batch = new CommentBatch(_received.Last, comments) { Removals = removals };
            _received.Add(batch);
            observer.OnBatch(batch);
            _received.Advance(batch.Last);
            (comments, removals) = ([], []);
        }
    }

    /// <summary>Takes a removal whose place comes later.</summary>
    private void TakeEarly(Removal removal)
    {
        if (_received.TryAddEarly(removal)) observer.OnBatch(CommentBatch.OfEarly([removal]));
    }

    /// <summary>What is left out of the settings is told apart.</summary>
    private void Take(PinnedComment pin) =>
        TakeWhole(Settings with { Pinned = pin.Comment?.Id ?? CommentId.None, PinnedComment = pin.Comment });

    private void Take(VideoSettings settings) =>
        TakeWhole(settings with { Pinned = Settings.Pinned, PinnedComment = Settings.PinnedComment });

    private void TakeWhole(VideoSettings settings)
    {
        var known = Settings;
        // Each stream begins with them.
        if (known.Version != CommentId.None && settings with { Version = known.Version } == known) return;
        Settings = settings with { Version = known.Version.Successor };
        observer.OnBatch(CommentBatch.Of(Settings));
    }

    /// <summary>
    /// Goes on after entries that the upstream will not send. The observer is told how far the log is, and reads as much of them as it has
    /// use for.
    /// </summary>
    private async Task SkipToAsync(CommentId before)
    {
        var page = await upstream.ReadAsync(liveVideoId, before, 1);
        if (page.LastEntry <= _received.Last) return;
        _received.Restart(page.LastEntry, page.LastRemoval);
        observer.OnBatch(new(page.LastEntry, []));
        _received.Advance(page.LastEntry);
    }
}
