using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// Follows one live video at the upstream through one stream, for as long as it is watched here: opened again whenever it breaks, right after the
/// last comment that came. Ids rise, so a comment that comes again is known by its id.
/// </summary>
internal sealed class EdgeSubscription(
    LiveVideoId liveVideoId,
    UpstreamClient upstream,
    ILiveVideoObserver observer,
    TimeProvider time,
    Random random,
    UpstreamMetrics metrics,
    UpstreamLog trouble) : ILiveVideoSubscription
{
    /// <summary>The upstream sends something every 15 s at least; twice that, and a little for the way.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(35);

    // More than a viewer's usual backlog, so that the first one costs one read.
    private const int FirstPage = 100;
    private const int MaxBatch = 500;
    private const int MaxRecent = 256;
    private static readonly TimeSpan MaxWaitForNews = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly ReconnectDelay _delay = new(random);
    private RecentComments _recent = new(MaxRecent, CommentId.Max);
    private TaskCompletionSource _news = NewNews();
    private Task _following = Task.CompletedTask;
    private CommentId _last;
    private bool _connected;

    /// <inheritdoc/>
    public CommentId Start { get; private set; }

    /// <summary>Reads where the log ends and opens the stream from there.</summary>
    /// <exception cref="CommentsUnavailableException">The upstream is away or refuses.</exception>
    public async Task BeginAsync()
    {
        var page = await upstream.ReadAsync(liveVideoId, CommentId.Max, FirstPage);
        _recent = new(MaxRecent, page.NextCursor is { } cursor ? new(cursor.Value - 1) : CommentId.None);
        foreach (var comment in page.Comments.Reverse()) _recent.Add(comment);
        Start = _last = page.Comments is [var newest, ..] ? newest.Id : CommentId.None;

        HttpResponseMessage answer;
        try
        {
            answer = await upstream.OpenStreamAsync(liveVideoId, _last, _ended.Token);
        }
        catch (Exception exception) when (UpstreamClient.IsAway(exception))
        {
            throw new CommentsUnavailableException("The upstream is away.", exception);
        }

        if (answer.StatusCode != HttpStatusCode.OK)
        {
            using (answer) throw new CommentsUnavailableException($"The upstream answered {(int)answer.StatusCode} to a stream.");
        }

        // What flows with the request of the viewer who came first must not stay for as long as the stream.
        using (ExecutionContext.SuppressFlow()) _following = Task.Run(() => FollowAsync(answer));
    }

    /// <summary>A page of what follows a known comment, or null where part of it is not here.</summary>
    public CommentPage? TryRead(CommentId before, int limit)
    {
        lock (_gate) return before <= _last.Successor ? _recent.TryRead(before, limit) : null;
    }

    /// <summary>As much of the newest page as is here, or null where nothing of it is.</summary>
    public CommentPage? TryReadNewest(int limit)
    {
        lock (_gate) return _recent.TryReadPart(CommentId.Max, limit);
    }

    /// <summary>Waits until the observer has this comment; not for long, and not while the stream is broken.</summary>
    public async Task ReachAsync(CommentId comment)
    {
        Task? deadline = null;
        do
        {
            Task news;
            lock (_gate)
            {
                if (_last >= comment || !_connected) return;
                news = _news.Task;
            }

            deadline ??= Task.Delay(MaxWaitForNews, time, _ended.Token);
            await Task.WhenAny(news, deadline);
        }
        while (!deadline.IsCompleted);
    }

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
            using var answer = open ?? await upstream.OpenStreamAsync(liveVideoId, _last, _ended.Token);
            if (answer.StatusCode == HttpStatusCode.OK) return _delay.AfterStream(await TakeAsync(answer));
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
    private async Task<TimeSpan> TakeAsync(HttpResponseMessage answer)
    {
        await using var stream = new SilenceGuard(await answer.Content.ReadAsStreamAsync(_ended.Token), MaxSilence, time);
        var parser = SseParser.Create(stream, UpstreamEvent.Parse);
        SetConnected(true);
        try
        {
            await TakeAsync(parser);
            trouble.Report("it ended a stream.");
        }
        catch (Exception exception) when (exception is CommentsUnavailableException or JsonException || UpstreamClient.IsAway(exception))
        {
            if (!_ended.IsCancellationRequested) trouble.Report(exception.Message);
        }
        finally
        {
            SetConnected(false);
        }

        return parser.ReconnectionInterval;
    }

    private async Task TakeAsync(SseParser<UpstreamEvent> parser)
    {
        var batch = new List<Comment>();
        await using var events = parser.EnumerateAsync(_ended.Token).GetAsyncEnumerator(_ended.Token);
        while (true)
        {
            var next = events.MoveNextAsync();
            // What came in one read goes on as one batch.
            if (!next.IsCompleted || batch.Count >= MaxBatch) batch = Publish(batch);
            if (!await next) break;
            var (comment, gapBefore) = events.Current.Data;
            if (comment is not null && comment.Id > (batch.Count > 0 ? batch[^1].Id : _last)) batch.Add(comment);
            if (gapBefore is not { } before) continue;
            batch = Publish(batch);
            await SkipToAsync(before);
        }

        Publish(batch);
    }

    /// <summary>Passes comments on, and gives an empty list for the next.</summary>
    private List<Comment> Publish(List<Comment> batch)
    {
        if (batch.Count == 0) return batch;
        lock (_gate)
        {
            foreach (var comment in batch) _recent.Add(comment);
        }

        observer.OnBatch(new(_last, batch));
        Advance(batch[^1].Id);
        return [];
    }

    /// <summary>
    /// Goes on after comments that the upstream will not send. The observer is told how far the log is, and reads as much of them as it has use for.
    /// </summary>
    private async Task SkipToAsync(CommentId before)
    {
        var page = await upstream.ReadAsync(liveVideoId, before, 1);
        if (page.Comments is not [var last] || last.Id <= _last) return;
        lock (_gate) _recent = new(MaxRecent, last.Id);
        observer.OnBatch(new(last.Id, []));
        Advance(last.Id);
    }

    private void Advance(CommentId last)
    {
        lock (_gate)
        {
            _last = last;
            TellNews();
        }
    }

    private void SetConnected(bool connected)
    {
        lock (_gate)
        {
            _connected = connected;
            TellNews();
        }

        if (connected) metrics.StreamOpened();
        else metrics.StreamClosed();
    }

    private void TellNews()
    {
        _news.SetResult();
        _news = NewNews();
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
