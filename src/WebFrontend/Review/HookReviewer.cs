using System.Text.Json;
using System.Threading.Channels;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Has posts reviewed by the hook. A few requests are under way at a time, and posts that come meanwhile share the next: a lone post does not
/// wait, and a busy site needs few requests. Whatever the hook does, each post has its verdict in twice the time limit.
/// </summary>
internal sealed class HookReviewer : IReviewer, IDisposable
{
    /// <summary>The most comments in a request.</summary>
    public const int MostInRequest = 100;

    /// <summary>The most requests at a time.</summary>
    public const int MostRequests = 4;

    /// <summary>The most comments that wait for a request.</summary>
    public const int MostWaiting = 2_000;

    private readonly Channel<WaitingReview> _waiting = Channel.CreateBounded<WaitingReview>(MostWaiting);
    private readonly CancellationTokenSource _ended = new();
    private readonly HookClient _client;
    private readonly TimeProvider _time;
    private readonly ReviewMetrics _metrics;
    private readonly ReviewLog _log;
    private readonly TimeSpan _timeout;
    private readonly ReviewVerdict _failed;

    public HookReviewer(HookOptions options, HookClient client, HookCircuit circuit, TimeProvider time, ReviewMetrics metrics, ReviewLog log)
    {
        (_client, Circuit, _time, _metrics, _log) = (client, circuit, time, metrics, log);
        _timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
        _failed = options.Failed switch
        {
            HookFailure.Publish => ReviewVerdict.Publish,
            HookFailure.Refuse => new(ReviewAction.Refuse, "hook-failed"),
            _ => new(ReviewAction.Hold, "hook-failed"),
        };
        for (var i = 0; i < MostRequests; i++) _ = Task.Run(AskAsync);
    }

    /// <summary>Whether the hook is asked.</summary>
    public HookCircuit Circuit { get; }

    public async ValueTask<ReviewVerdict> ReviewAsync(LiveVideoId video, CommentDraft draft)
    {
        var review = new WaitingReview(video, draft, _time.GetTimestamp());
        if (!_waiting.Writer.TryWrite(review)) Fail([review], "queue_full", $"{MostWaiting:N0} comments wait already.");
        return await review.Verdict.Task;
    }

    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _ended.Cancel();
        while (_waiting.Reader.TryRead(out var review)) review.Verdict.TrySetResult(_failed);
        _ended.Dispose();
    }

    private async Task AskAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var (batch, late) = (new List<WaitingReview>(), new List<WaitingReview>());
            while (batch.Count < MostInRequest && _waiting.Reader.TryRead(out var review))
                (_time.GetElapsedTime(review.Since) < _timeout ? batch : late).Add(review);
            if (late.Count > 0) Fail(late, "late", "Comments waited too long for a request.");
            if (batch.Count > 0) await AskAsync(batch);
        }
    }

    private async Task AskAsync(List<WaitingReview> batch)
    {
        var began = _time.GetTimestamp();
        try
        {
            var verdicts = await Circuit.RunAsync(token => new ValueTask<Dictionary<string, ReviewVerdict>>(_client.AskAsync(batch, token)), _ended.Token);
            _metrics.HookAsked(_time.GetElapsedTime(began));
            var missing = new List<WaitingReview>();
            foreach (var review in batch)
            {
                if (verdicts.TryGetValue(review.Id, out var verdict)) review.Verdict.TrySetResult(verdict);
                else missing.Add(review);
            }

            if (missing.Count > 0) Fail(missing, "missing", $"The answer has no valid verdict on {missing.Count} of {batch.Count} comments.");
        }
        catch (BrokenCircuitException)
        {
            // It was said that it opened.
            Fail(batch, "circuit_open", null);
        }
        catch (Exception exception)
        {
            // Whatever the hook answers, its comments have their verdict.
            _metrics.HookAsked(_time.GetElapsedTime(began));
            var (reason, what) = exception switch
            {
                TimeoutRejectedException => ("timeout", $"It did not answer in {_timeout.TotalMilliseconds} ms."),
                JsonException => ("garbage", exception.Message),
                HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => ("too_large", exception.Message),
                HttpRequestException { StatusCode: not null } => ("status", exception.Message),
                _ => ("unreachable", exception.Message),
            };
            Fail(batch, reason, what);
        }
    }

    private void Fail(List<WaitingReview> reviews, string reason, string? what)
    {
        _metrics.HookFailed(reason, reviews.Count);
        if (what is not null) _log.HookFailed(what);
        foreach (var review in reviews) review.Verdict.TrySetResult(_failed);
    }
}
