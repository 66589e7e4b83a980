using System.Diagnostics.Metrics;

namespace LiveComments.WebFrontend.Review;

/// <summary>What is counted of reviews, on the meter <see cref="CommentMetrics.MeterName"/>.</summary>
internal sealed class ReviewMetrics
{
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _open;

    public ReviewMetrics([FromKeyedServices(CommentMetrics.MeterName)] Meter meter)
    {
        _verdicts = meter.CreateCounter<long>("livecomments.review.verdicts", "{comment}", "Posts reviewed, by verdict.");
        _failures = meter.CreateCounter<long>(
            "livecomments.review.hook.failures", "{comment}", "Posts of which the review hook gave no valid verdict in time, by reason.");
        _duration = meter.CreateHistogram<double>(
            "livecomments.review.hook.duration", "s", "How long requests to the review hook took.", tags: null, CommentMetrics.LatencyBuckets);
        _open = meter.CreateUpDownCounter<long>(
            "livecomments.review.hook.open", "{circuit}", "1 while the review hook is not asked, for it fails.");
    }

    public void Reviewed(ReviewAction verdict) => _verdicts.Add(
        1,
        new KeyValuePair<string, object?>("verdict", verdict switch
        {
            ReviewAction.Hold => "hold",
            ReviewAction.Refuse => "refuse",
            ReviewAction.Replace => "replace",
            _ => "publish",
        }));

    public void HookFailed(string reason, int comments) => _failures.Add(comments, new KeyValuePair<string, object?>("reason", reason));

    public void HookAsked(TimeSpan duration) => _duration.Record(duration.TotalSeconds);

    public void CircuitOpened() => _open.Add(1);

    public void CircuitClosed() => _open.Add(-1);
}
