using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;

namespace LiveComments.Micro;

/// <summary>One comment to all viewers of a video, up to the socket but without it: what a delivery costs beside the kernel.</summary>
public class Sweeps
{
    private readonly ManualResetEventSlim _swept = new();
    private CommentFeed _feed = null!;
    private Broadcaster _broadcaster = null!;
    private CommentId _last;

    [Params(10, 1_000, 100_000)]
    public int Viewers { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _last = CommentId.None;
        var metrics = new StreamMetrics(new Meter("micro"));
        var slots = new ViewerSet();
        _feed = new(Sample.Video, new NoLog(), 1_000, TimeProvider.System, () => { }, () => { });
        await _feed.PrepareAsync(null, 0);
        for (var i = 0; i < Viewers; i++)
        {
            var viewer = new Viewer(new Nowhere(), metrics) { Backlog = 0 };
            _feed.Place(viewer, null);
            viewer.Attach(_feed);
            slots.Add(viewer);
        }

        _broadcaster = new(slots, _swept.Set);
    }

    [Benchmark]
    public void Comment()
    {
        var comment = Sample.Comment(_last.Value + 1);
        _feed.OnBatch(new(_last, [comment]));
        _last = comment.Id;
        _swept.Reset();
        _broadcaster.Start();
        _swept.Wait();
    }

    private sealed class Nowhere : IViewerConnection
    {
        public ValueTask WriteAsync(SsePayload bytes) => default;

        public void Abort()
        {
        }
    }

    /// <summary>A video whose log is empty and stays so.</summary>
    private sealed class NoLog : ILiveVideos
    {
        public Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft) => throw new NotSupportedException();

        public Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
            Task.FromResult(new CommentPage([], null));

        public Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer) =>
            Task.FromResult<ILiveVideoSubscription>(new Subscription());
    }

    private sealed class Watch : ILiveVideoSubscription
    {
        public CommentId Start => CommentId.None;

        public ValueTask DisposeAsync() => default;
    }
}
