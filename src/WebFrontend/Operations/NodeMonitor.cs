using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using LiveComments.WebFrontend.Api;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Review;

namespace LiveComments.WebFrontend.Operations;

/// <summary>
/// Measures this node once a second, keeps the last minutes, and sends them to open operator pages. Its cost does not depend on the number
/// of viewers.
/// </summary>
internal sealed class NodeMonitor : IHostedService, IDisposable
{
    private const int HistorySeconds = 300;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MeterReader _meter;
    private readonly VideoHubs _hubs;
    private readonly ViewerRegistry _viewers;
    private readonly LimitsOptions _limits;
    private readonly ICommentStore? _store;
    private readonly HookCircuit? _hook;
    private readonly IFirehoseStatus? _firehose;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly long _started;
    private readonly VideoRates _rates = new();
    private readonly RefusalCounts _refusals = new();
    private readonly Queue<NodeSample> _history = [];
    private readonly Lock _gate = new();
    private TaskCompletionSource<NodeReport> _next = NewReport();
    private ITimer? _everySecond;
    private bool _ended;
    private int _watchers;
    private long _lookedAt;
    private TimeSpan _cpu;
    private (long Comments, long Deliveries, long Gaps) _before;

    /// <summary>Begins to read the instruments; the seconds begin with the host.</summary>
    public NodeMonitor(
        [FromKeyedServices(CommentMetrics.MeterName)] Meter meter,
        VideoHubs hubs,
        ViewerRegistry viewers,
        LimitsOptions limits,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        ICommentStore? store = null,
        HookHolder? hook = null,
        IFirehoseStatus? firehose = null)
    {
        (_hubs, _viewers, _limits, _time, _lifetime, _store) = (hubs, viewers, limits, time, lifetime, store);
        _hook = hook?.Reviewer?.Circuit;
        _firehose = firehose;
        meter.CreateObservableGauge(
            "livecomments.store.size",
            () => store?.SizeInBytes is { } size ? [new Measurement<long>(size)] : Array.Empty<Measurement<long>>(),
            "By",
            "What the comments take in the store.");
        _meter = new(meter);
        _started = _lookedAt = time.GetTimestamp();
        _cpu = Environment.CpuUsage.TotalTime;
    }

    /// <summary>The node and its last minutes, then a report each second until the node stops.</summary>
    public async IAsyncEnumerable<object> ReportsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<NodeReport> next;
        NodeIntroduction introduction;
        lock (_gate)
        {
            next = _next.Task;
            introduction = new(ThisProgram.Version, Environment.MachineName, Environment.ProcessorCount, _limits.MaxViewers, [.. _history]);
        }

        yield return introduction;
        using var watcher = new Watcher(this);
        while (true)
        {
            NodeReport report;
            try
            {
                report = await next.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // The page has gone, or the node stops.
                yield break;
            }

            lock (_gate) next = _next.Task;
            yield return report;
        }
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        _lifetime.ApplicationStopping.Register(EndAll);
        _everySecond = _time.CreateTimer(_ => Look(), null, Second, Second);
        return Task.CompletedTask;
    }

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends all that <see cref="ReportsAsync"/> began.</summary>
    private void EndAll()
    {
        _everySecond?.Dispose();
        lock (_gate)
        {
            _ended = true;
            _next.TrySetCanceled();
        }
    }

    public void Dispose()
    {
        _everySecond?.Dispose();
        _meter.Dispose();
    }

    private static TaskCompletionSource<NodeReport> NewReport() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Look()
    {
        // On a machine that is very busy the next second may come before this one is done.
        lock (_gate)
        {
            if (_ended) return;
            var report = Report();
            _history.Enqueue(report.Now);
            if (_history.Count > HistorySeconds) _history.Dequeue();
            _next.SetResult(report);
            _next = NewReport();
        }
    }

    private NodeReport Report()
    {
        _meter.Observe();
        var refusals = _refusals.Next(
        [
            .. _meter.ByReason(CommentMetrics.RefusedName).Select(reason => ("post", reason.Key, reason.Value)),
            .. _meter.ByReason(StreamMetrics.RefusedName).Select(reason => ("stream", reason.Key, reason.Value)),
            .. _meter.ByReason(OperatorMetrics.RefusedName).Select(reason => ("operator", reason.Key, reason.Value)),
        ]);
        var (append, appendMinute) = _meter.Latency(CommentMetrics.AppendDurationName).EndSecond();
        var (delivery, deliveryMinute) = _meter.Latency(StreamMetrics.DeliveryDurationName).EndSecond();
        var total = (
            Comments: _meter.Total(CommentMetrics.AcceptedName),
            Deliveries: _meter.Total(StreamMetrics.DeliveriesName),
            Gaps: _meter.Total(StreamMetrics.GapsName));
        var sample = new NodeSample(
            _time.GetUtcNow().ToUnixTimeMilliseconds(),
            _meter.Total(StreamMetrics.ViewersName),
            _meter.Total(StreamMetrics.SlowViewersName),
            total.Comments - _before.Comments,
            total.Deliveries - _before.Deliveries,
            _refusals.LastSecond,
            total.Gaps - _before.Gaps,
            append,
            delivery,
            CpuSinceLastLook(),
            Environment.WorkingSet);
        _before = total;
        return new()
        {
            Now = sample,
            Append = appendMinute,
            Delivery = deliveryMinute,
            // What takes time for each video is done only while somebody looks.
            Videos = _watchers > 0 ? _rates.Next(_hubs.Activity()) : [],
            WatchedVideos = _hubs.Count,
            ActiveVideos = _meter.Total(CommentMetrics.ActiveVideosName),
            Comments = total.Comments,
            Deliveries = total.Deliveries,
            Gaps = total.Gaps,
            Refusals = refusals,
            Heap = GC.GetTotalMemory(forceFullCollection: false),
            GcPause = GC.GetGCMemoryInfo().PauseTimePercentage,
            Threads = ThreadPool.ThreadCount,
            StoreSize = _store?.SizeInBytes,
            ReviewHook = _hook?.Status is { } status
                ? new(status.State.ToString().ToLowerInvariant(), status.Since.ToUnixTimeMilliseconds())
                : null,
            Firehose = _firehose?.Current,
            Uptime = (long)_time.GetElapsedTime(_started).TotalSeconds,
            Ready = !_viewers.Stopping,
        };
    }

    private double CpuSinceLastLook()
    {
        var (cpu, now) = (Environment.CpuUsage.TotalTime, _time.GetTimestamp());
        var part = (cpu - _cpu) / _time.GetElapsedTime(_lookedAt, now) / Environment.ProcessorCount;
        (_cpu, _lookedAt) = (cpu, now);
        return Math.Round(100 * part, 1);
    }

    /// <summary>One who looks at the reports.</summary>
    private sealed class Watcher : IDisposable
    {
        private readonly NodeMonitor _monitor;

        public Watcher(NodeMonitor monitor)
        {
            _monitor = monitor;
            Interlocked.Increment(ref monitor._watchers);
        }

        public void Dispose() => Interlocked.Decrement(ref _monitor._watchers);
    }
}
