using System.Globalization;
using System.Text;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Sse;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Grains;

/// <summary>One subscription, and what has come of it. The context is shared by all, and their lock.</summary>
internal sealed class GrainViewer : ILiveVideoObserver
{
    private const int PageSize = 200;

    private readonly ViewerContext _context;
    private readonly LiveVideoId _video;
    private readonly DeliveryRecorder _recorder;
    private readonly List<CommentBatch> _ahead = [];
    private CommentId _last;
    private ILiveVideos? _videos;
    private ILiveVideoSubscription? _watch;

    public GrainViewer(ViewerContext context, int video)
    {
        (_context, _video) = (context, LiveVideoId.Parse(context.Plan.VideoId(video)));
        Check = new(context.Ledger, context.Finder, video);
        _recorder = new(context, Check, isSlow: false);
    }

    public DeliveryCheck Check { get; }

    public async ValueTask JoinAsync(ILiveVideos videos)
    {
        _videos = videos;
        try
        {
            _watch = await videos.SubscribeAsync(_video, this);
            lock (_context)
            {
                if (_watch.Start > _last) _last = _watch.Start;
                Check.Join();
                _context.Totals.Joined++;
                _context.Totals.Connected++;
            }
        }
        catch (CommentsUnavailableException refused)
        {
            lock (_context) _context.Totals.Errors.Increment(refused.Message);
        }
    }

    public ValueTask LeaveAsync() => _watch?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void OnBatch(CommentBatch batch)
    {
        lock (_context)
        {
            if (_context.Window is { } window && window.Contains(Clock.Now)) _context.Totals.ReadsInWindow++;
            if (batch.Follows <= _last)
            {
                Take(batch.Comments, batch.Removals, batch.Last);
                return;
            }

            // Batches may overtake each other, and be lost: as every frontend does, it reads what is missing between.
            _ahead.Add(batch);
            if (_ahead.Count == 1) _ = FillAsync();
        }
    }

    // The feed of the frontend fills its ring in the same way, but a viewer here has no ring, and is told of no gap: it reads all.
    private async Task FillAsync()
    {
        try
        {
            while (true)
            {
                var (missed, removals, last) = await ReadMissedAsync();
                lock (_context)
                {
                    Take(missed, removals, last);
                    foreach (var batch in _ahead.OrderBy(batch => batch.Follows))
                        if (batch.Follows <= _last) Take(batch.Comments, batch.Removals, batch.Last);
                    _ahead.RemoveAll(batch => batch.Follows <= _last);
                    if (_ahead.Count == 0) return;
                }
            }
        }
        catch (CommentsUnavailableException refused)
        {
            lock (_context) _context.Totals.Errors.Increment(refused.Message);
        }
    }

    private async Task<(List<Comment> Comments, List<Removal> Removals, CommentId Last)> ReadMissedAsync()
    {
        var (missed, removals, before, last) = (new List<Comment>(), new List<Removal>(), (CommentId?)CommentId.Max, CommentId.None);
        while (before is { } cursor && cursor > _last)
        {
            var page = await _videos!.ReadAsync(_video, cursor, PageSize);
            missed.AddRange(page.Comments);
            removals.AddRange(page.Removals ?? []);
            if (page.LastEntry > last) last = page.LastEntry;
            before = page.NextCursor;
        }

        missed.Reverse();
        removals.Reverse();
        return (missed, removals, last);
    }

    /// <summary>Takes entries in the order of their ids.</summary>
    private void Take(IEnumerable<Comment> comments, IReadOnlyList<Removal> removals, CommentId last)
    {
        _context.Now = Clock.Now;
        var next = 0;
        foreach (var comment in comments)
        {
            TakeBelow(comment.Id);
            if (comment.Id <= _last) continue;
            _recorder.OnEvent(new SseEvent
            {
                Id = Encoding.ASCII.GetBytes(comment.Id.Value.ToString(CultureInfo.InvariantCulture)),
                Type = "comment"u8,
                Data = Encoding.UTF8.GetBytes(comment.Message),
            });
            _last = comment.Id;
        }

        TakeBelow(CommentId.Max);
        // It may be none that anybody is told of.
        if (last > _last) _last = last;

        void TakeBelow(CommentId id)
        {
            for (; next < removals.Count && removals[next].Id < id; next++)
            {
                if (removals[next].Id <= _last || removals[next].Removed.AreNone) continue;
                _recorder.OnRemoval(removals[next].Id.Value, ToldRemoval.Of(removals[next].Removed));
                _last = removals[next].Id;
            }
        }
    }
}
