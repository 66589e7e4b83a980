using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Posters;

namespace LiveComments.LoadTester.Grains;

/// <summary>
/// Posts to grains: those of a video that wait go together, as a frontend sends them. <c>--posters</c> is how many may wait.
/// </summary>
internal sealed class GrainPosters(RunPlan plan, CommentLedger ledger, ILiveVideos videos) : IPosters
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private long _allBusyAt = long.MinValue;
    private int _waiting;
    private bool _hasGivenUp;
    private volatile bool _isStopped;
    private MeasuringWindow? _window;

    public PosterTotals Totals { get; } = new() { Due = plan.Schedule.Total };

    public async Task RunAsync(MeasuringWindow window)
    {
        var patience = Clock.Nanoseconds(plan.Options.Drain);
        while (!_isStopped && Clock.Now < window.End + patience && (Totals.Sent < Totals.Due || Volatile.Read(ref _waiting) > 0))
        {
            window = Volatile.Read(ref _window) ?? window;
            while (TryBegin(window) is { } comment) _ = PostAsync(comment, window);
            await Task.Delay(Tick);
        }

        GiveUp();
    }

    public void BeginWindow(MeasuringWindow window)
    {
        Totals.Due = plan.Schedule.DueWithin(window.End - window.PostingStart);
        Volatile.Write(ref _window, window);
    }

    public void Stop() => _isStopped = true;

    private PostedComment? TryBegin(MeasuringWindow window)
    {
        lock (_gate)
        {
            var (now, due) = (Clock.Now, window.PostingStart + plan.Schedule.DueAfter((int)Totals.Sent));
            if (Totals.Sent == Totals.Due || due > now) return null;
            if (_waiting == plan.Options.Posters)
            {
                _allBusyAt = now;
                return null;
            }

            if (due <= _allBusyAt) Totals.WaitedForPoster++;
            else Totals.Lateness.Record(now - due);
            _waiting++;
            var number = (int)Totals.Sent++;
            var video = plan.Schedule.VideoOf(number);
            return new(number, video, ledger.BeginPost(video), due, now);
        }
    }

    private async Task PostAsync(PostedComment comment, MeasuringWindow window)
    {
        if (!CommentDraft.TryCreate("load tester", plan.Message(comment), null, out var draft, out _))
            throw new InvalidOperationException("A marker is always a valid comment.");
        var outcome = await videos.PostAsync(LiveVideoId.Parse(plan.VideoId(comment.Video)), draft);
        lock (_gate)
        {
            if (!_hasGivenUp) Settle(comment, outcome, window);
        }
    }

    private void Settle(PostedComment posted, PostOutcome outcome, MeasuringWindow window)
    {
        var now = Clock.Now;
        _waiting--;
        if (outcome.Comment is { } comment)
        {
            ledger.Settle(posted.Video, posted.Sequence, new PostResult(comment.Id.Value));
            Totals.Acknowledged++;
            Totals.AcknowledgedInWindow += window.Contains(now) ? 1 : 0;
            if (window.Contains(posted.Due)) Totals.Latency.Record(now - posted.Due);
            return;
        }

        var isRefused = outcome.Status == PostStatus.Overloaded;
        ledger.Settle(posted.Video, posted.Sequence, isRefused ? PostResult.Refused : PostResult.Unknown);
        Totals.Refused += isRefused ? 1 : 0;
        Totals.Failed += isRefused ? 0 : 1;
        Totals.Errors.Increment($"post: {outcome.Status}");
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            // The ledger goes.
            _hasGivenUp = true;
            Totals.Failed += _waiting;
        }
    }
}
