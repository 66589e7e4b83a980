using System.Net;
using System.Text.Json;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.WebFrontend.Edge;

/// <summary>
/// Tells the upstream who of the viewers here, and behind the edges of this one, was told of removals: once a second at most, and only what
/// has changed. While there was no removal it does nothing.
/// </summary>
internal sealed class ReceiptReporter : BackgroundService
{
    private const int MostVideosAtOnce = 8;

    // More removals at once are faster than anybody looks at.
    private const int MostRemovals = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A receipt is closed after half a minute.
    private static readonly TimeSpan Open = TimeSpan.FromSeconds(35);

    // For so long an upstream that is away is told when it is back.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly InProcessReceipts _receipts;
    private readonly UpstreamClient _upstream;
    private readonly UpstreamLog _log;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Dictionary<(LiveVideoId Video, CommentId Removal), Told> _told = [];

    public ReceiptReporter(InProcessReceipts receipts, UpstreamClient upstream, UpstreamLog log, TimeProvider time)
    {
        (_receipts, _upstream, _log, _time) = (receipts, upstream, log, time);
        receipts.Changed += Note;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _receipts.Changed -= Note;
        _news.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _news.WaitAsync(stoppingToken);
                do
                {
                    await Task.Delay(Pause, _time, stoppingToken);
                    await Parallel.ForEachAsync(
                        ByVideo(), new ParallelOptions { MaxDegreeOfParallelism = MostVideosAtOnce, CancellationToken = stoppingToken },
                        async (told, _) => await ReportAsync(told));
                }
                while (HasSome());
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Note(LiveVideoId video, CommentId removal)
    {
        lock (_gate)
        {
            if (_told.TryGetValue((video, removal), out var known)) known.Since = _time.GetTimestamp();
            else if (_told.Count < MostRemovals) _told[(video, removal)] = new(video, removal) { Since = _time.GetTimestamp() };
            if (_news.CurrentCount == 0) _news.Release();
        }
    }

    private bool HasSome()
    {
        lock (_gate) return _told.Count > 0;
    }

    private List<Told[]> ByVideo()
    {
        lock (_gate) return [.. _told.Values.GroupBy(told => told.Video).SelectMany(video => video.Chunk(NewReports.Most))];
    }

    /// <summary>Reports what has changed of one video.</summary>
    private async Task ReportAsync(Told[] all)
    {
        var changed = new List<(Told Told, ReceiptShare Share, string Text)>();
        foreach (var told in all)
        {
            var sum = _receipts.Read(told.Video, told.Removal);
            var text = JsonSerializer.Serialize(sum.Total, WireJson.Context.ReceiptShare);
            // What is not whole is no report: the upstream waits for one.
            if (sum.IsWhole && text != told.Text) changed.Add((told, sum.Total, text));
        }

        var arrived = changed.Count == 0 || await TrySendAsync(all[0].Video, changed);
        lock (_gate)
        {
            foreach (var told in all)
                if (_time.GetElapsedTime(told.Since) > (arrived ? Open : Longest)) _told.Remove((told.Video, told.Removal));
        }
    }

    private async Task<bool> TrySendAsync(LiveVideoId video, List<(Told Told, ReceiptShare Share, string Text)> changed)
    {
        var body = new NewReports(_upstream.Edge, [.. changed.Select(report => new NewReport(report.Told.Removal, report.Share))]);
        try
        {
            using var answer = await _upstream.ReportAsync(video, JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Context.NewReports));
            if (answer.StatusCode == HttpStatusCode.NoContent)
            {
                foreach (var (told, _, text) in changed) told.Text = text;
                return true;
            }

            if (answer.StatusCode != HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500)
            {
                _log.Refused((int)answer.StatusCode);
                lock (_gate)
                {
                    foreach (var (told, _, _) in changed) _told.Remove((told.Video, told.Removal));
                }
            }
        }
        catch (CommentsUnavailableException)
        {
            // It is away, as its streams say in the log. The next report has it all.
        }

        return false;
    }

    /// <summary>What the upstream was told of a removal.</summary>
    private sealed class Told(LiveVideoId video, CommentId removal)
    {
        public LiveVideoId Video => video;

        public CommentId Removal => removal;

        /// <summary>When it changed last, but for its own viewers.</summary>
        public long Since { get; set; }

        /// <summary>The last report that has arrived.</summary>
        public string? Text { get; set; }
    }
}
