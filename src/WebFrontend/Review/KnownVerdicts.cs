namespace LiveComments.WebFrontend.Review;

/// <summary>
/// Remembers what the hook has said of posts with a key, for a repeat must be the same post: a hook that thinks otherwise the second time, or
/// is away, does not make it another one. Safe for use by many threads at once.
/// </summary>
internal sealed class KnownVerdicts(IReviewer hook, TimeProvider time) : IReviewer
{
    /// <summary>How many are remembered at most.</summary>
    public const int Most = 10_000;

    /// <summary>For how long, which is as long as keys are known.</summary>
    public static readonly TimeSpan For = new LiveVideoOptions().RepeatWindow;

    private readonly Lock _gate = new();
    private readonly Dictionary<(LiveVideoId Video, IdempotencyKey Key), Known> _known = [];
    private readonly Queue<((LiveVideoId Video, IdempotencyKey Key) Of, long Since)> _order = [];

    public async ValueTask<ReviewVerdict> ReviewAsync(LiveVideoId video, CommentDraft draft)
    {
        if (draft.Key is not { } key) return await hook.ReviewAsync(video, draft);
        Task<ReviewVerdict> verdict;
        lock (_gate)
        {
            Forget();
            if (_known.TryGetValue((video, key), out var known) && known.IsOf(draft))
            {
                // What was refused is no comment yet. It may be tried again.
                if (known.WasRefused) known.Verdict = hook.ReviewAsync(video, draft).AsTask();
                verdict = known.Verdict;
            }
            else
            {
                verdict = hook.ReviewAsync(video, draft).AsTask();
                // The first stays: who reuses a key is told so by the owner.
                if (_known.TryAdd((video, key), new(draft, verdict))) _order.Enqueue(((video, key), time.GetTimestamp()));
            }
        }

        return await verdict;
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && (_order.Count >= Most || time.GetElapsedTime(oldest.Since) >= For))
            _known.Remove(_order.Dequeue().Of);
    }

    private sealed class Known(CommentDraft draft, Task<ReviewVerdict> verdict)
    {
        public Task<ReviewVerdict> Verdict { get; set; } = verdict;

        public bool WasRefused => Verdict is { IsCompletedSuccessfully: true, Result.Action: ReviewAction.Refuse };

        public bool IsOf(CommentDraft other) => other.Author == draft.Author && other.Message == draft.Message;
    }
}
