using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Reporting;

/// <summary>All that a run found; what <c>--json</c> writes.</summary>
internal sealed record LoadTestResult
{
    public required LoadTestOptions Options { get; init; }

    public required ViewerFigures Viewers { get; init; }

    public required PostFigures Posts { get; init; }

    public required DeliveryFigures Deliveries { get; init; }

    /// <summary>From when a comment was due until a viewer had read it.</summary>
    public required LatencyFigures EndToEnd { get; init; }

    /// <summary>From when a comment was due until its 2xx had been read.</summary>
    public required LatencyFigures Post { get; init; }

    /// <summary>From when a comment was sent until its 429 or 503 had been read: a server that is full should say so at once.</summary>
    public required LatencyFigures Refusal { get; init; }

    public required RemovalFigures Removals { get; init; }

    /// <summary>From when a removal was sent until its 2xx had been read.</summary>
    public required LatencyFigures Removal { get; init; }

    /// <summary>From when a removal had been acknowledged until the last of the viewers had been told; 0 if that was before.</summary>
    public required LatencyFigures RemovalToLast { get; init; }

    /// <summary>What went wrong with connections and posts, by kind.</summary>
    public required ErrorCounts Errors { get; init; }

    /// <summary>What the server used; null without <c>--pid</c>.</summary>
    public required ServerFigures? Server { get; init; }

    public required SelfFigures LoadTester { get; init; }

    /// <summary>The checks that failed, a few words each; empty if all is well.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    public static LoadTestResult From(
        LoadTestOptions options, long connected, TimeSpan connecting, PosterTotals posts, ViewerTotals viewers, UsageLog usage)
    {
        var errors = new ErrorCounts();
        errors.Add(viewers.Errors);
        errors.Add(posts.Errors);
        return new LoadTestResult
        {
            Options = options,
            Viewers = ViewerFigures.From(connected, connecting, viewers),
            Posts = PostFigures.From(options, posts),
            Deliveries = DeliveryFigures.From(options, viewers),
            EndToEnd = LatencyFigures.From(viewers.EndToEnd),
            Post = LatencyFigures.From(posts.Latency),
            Refusal = LatencyFigures.From(posts.RefusalLatency),
            Removals = RemovalFigures.From(posts.Removals, viewers),
            Removal = LatencyFigures.From(posts.Removals.Latency),
            RemovalToLast = LatencyFigures.From(posts.Removals.UntilTold),
            Errors = errors,
            Server = usage.HasServer ? ServerFigures.From(connected, viewers, usage) : null,
            LoadTester = SelfFigures.From(connected, posts, viewers, usage),
            Faults = [.. FaultList.Find(options, posts, viewers)],
        };
    }
}
