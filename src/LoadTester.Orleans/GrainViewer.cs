using System.Globalization;
using System.Text;
using LiveComments.LoadTester.Checking;
using LiveComments.LoadTester.Crowd;
using LiveComments.LoadTester.Measuring;
using LiveComments.LoadTester.Sse;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Orleans;

/// <summary>One subscription, and what has come of it. The context is shared by all, and their lock.</summary>
internal sealed class GrainViewer : ILiveVideoObserver
{
    private readonly ViewerContext _context;
    private readonly LiveVideoId _video;
    private readonly DeliveryRecorder _recorder;
    private CommentId _last;
    private ILiveVideoWatch? _watch;

    public GrainViewer(ViewerContext context, int video)
    {
        (_context, _video) = (context, LiveVideoId.Parse(VideoLaw.LiveVideoId(video)));
        Check = new(context.Ledger, video);
        _recorder = new(context, Check, isSlow: false);
    }

    public DeliveryCheck Check { get; }

    public async ValueTask JoinAsync(ILiveVideos videos)
    {
        try
        {
            _watch = await videos.WatchAsync(_video, this);
            lock (_context)
            {
                if (_watch.Start > _last) _last = _watch.Start;
                Check.Join();
                _context.Totals.Joined++;
                _context.Totals.Connected++;
            }
        }
        catch (CommentStoreException refused)
        {
            lock (_context) _context.Totals.Errors.Increment(refused.Message);
        }
    }

    public ValueTask LeaveAsync() => _watch?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void OnComments(CommentBatch batch)
    {
        lock (_context)
        {
            _context.Now = Clock.Now;
            if (_context.Window is { } window && window.Contains(_context.Now)) _context.Totals.ReadsInWindow++;
            // Ids rise, so what has come already is passed over, as every frontend does; what was passed by counts as a gap.
            var news = batch.Comments.SkipWhile(comment => comment.Id <= _last).ToList();
            var upTo = news.Count > 0 ? news[0].Id.Value : batch.Follows.Value + 1;
            if (batch.Follows > _last)
            {
                Check.TellGap(_last.Value, upTo);
                _context.Totals.Gaps++;
                _last = batch.Follows;
            }

            foreach (var comment in news)
            {
                _recorder.OnEvent(new SseEvent
                {
                    Id = Encoding.ASCII.GetBytes(comment.Id.Value.ToString(CultureInfo.InvariantCulture)),
                    Type = "comment"u8,
                    Data = Encoding.UTF8.GetBytes(comment.Message),
                });
                _last = comment.Id;
            }
        }
    }
}
