using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LiveComments;

/// <summary>What live videos count, on the meter <see cref="MeterName"/>.</summary>
public sealed class CommentMetrics
{
    /// <summary>The name of the meter of all LiveComments' instruments.</summary>
    public const string MeterName = "LiveComments";

    /// <summary>The name of the counter of comments accepted.</summary>
    public const string AcceptedName = "livecomments.comments.accepted";

    /// <summary>The name of the counter of posts refused; its tag <c>reason</c> says why.</summary>
    public const string RefusedName = "livecomments.comments.refused";

    /// <summary>The name of the counter of comments removed.</summary>
    public const string RemovedName = "livecomments.comments.removed";

    /// <summary>The name of the histogram of how long comments take to become durable.</summary>
    public const string AppendDurationName = "livecomments.append.duration";

    /// <summary>The name of the counter of appends that another owner's had made void.</summary>
    public const string ConflictsName = "livecomments.append.conflicts";

    /// <summary>The name of the counter of videos in memory.</summary>
    public const string ActiveVideosName = "livecomments.videos.active";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _removed;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<double> _appendDuration;
    private readonly Meter _meter;

    /// <summary>The bounds, in seconds, between which exporters count latencies: finest around the 200 ms that we promise.</summary>
    public static InstrumentAdvice<double> LatencyBuckets { get; } = new()
    {
        HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .075, .1, .15, .2, .3, .5, 1, 2.5, 5, 10],
    };

    /// <summary>Creates the instruments on <paramref name="meter"/>.</summary>
    public CommentMetrics([FromKeyedServices(MeterName)] Meter meter)
    {
        _meter = meter;
        _accepted = meter.CreateCounter<long>(
            AcceptedName, "{comment}", "Comments made durable and acknowledged.");
        _refused = meter.CreateCounter<long>(
            RefusedName, "{comment}", "Posts that published nothing, by reason.");
        _removed = meter.CreateCounter<long>(RemovedName, "{comment}", "Comments taken back.");
        _conflicts = meter.CreateCounter<long>(
            ConflictsName, "{append}", "Appends that were made again because another owner had written to the log.");
        _appendDuration = meter.CreateHistogram<double>(
            AppendDurationName, "s", "From the video's taking a post to its being durable.", tags: null, LatencyBuckets);
    }

    /// <summary>Counts a comment that took <paramref name="duration"/> to become durable.</summary>
    public void Accepted(TimeSpan duration)
    {
        _accepted.Add(1);
        _appendDuration.Record(duration.TotalSeconds);
    }

    /// <summary>Counts comments that were taken back.</summary>
    public void Removed(int count) => _removed.Add(count);

    /// <summary>Counts an append that another owner's had made void.</summary>
    internal void Conflict() => _conflicts.Add(1);

    /// <summary>Counts posts that ended in <paramref name="status"/>.</summary>
    public void Refused(PostStatus status, int count = 1) => Refused(
        status switch
        {
            PostStatus.Repeated => "repeated",
            PostStatus.Overloaded => "overloaded",
            PostStatus.KeyReused => "key_reused",
            PostStatus.TooFast => "too_fast",
            PostStatus.PersonTooFast => "person_too_fast",
            PostStatus.NameTaken => "name_taken",
            PostStatus.Banned => "banned",
            PostStatus.SlowMode => "slow_mode",
            PostStatus.SignInRequired => "sign_in_required",
            PostStatus.ModeratorsOnly => "moderators_only",
            PostStatus.NobodyMayPost => "nobody_may_post",
            PostStatus.NotEstablished => "not_established",
            PostStatus.RepeatedMessage => "repeated_message",
            PostStatus.NoLinks => "no_links",
            PostStatus.ReadOnly => "read_only",
            PostStatus.Ended => "ended",
            PostStatus.ToBeHeld => "held",
            PostStatus.RefusedByReview => "refused_by_review",
            _ => "store_failed",
        },
        count);

    /// <summary>Counts a post refused for <paramref name="reason"/>, a short name in lower case.</summary>
    public void Refused(string reason) => Refused(reason, 1);

    private void Refused(string reason, int count) => _refused.Add(count, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Shows how many live videos are in memory.</summary>
    internal void ObserveActiveVideos(Func<int> count) =>
        _meter.CreateObservableUpDownCounter(ActiveVideosName, count, "{video}", "Live videos in memory.");
}
