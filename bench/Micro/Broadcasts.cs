using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using LiveComments.WebFrontend.Connections;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveComments.Micro;

/// <summary>One comment to all viewers of a video, up to the socket but without it: what a delivery costs beside the kernel.</summary>
public class Broadcasts
{
    private readonly CountdownEvent _written = new(1);
    private CommentFeed _feed = null!;
    private CommentId _last;

    [Params(10, 1_000, 100_000)]
    public int Viewers { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _last = CommentId.None;
        var hub = new VideoHub(
            Sample.Video,
            new NoLog(),
            replay: 1_000,
            maxFlushInterval: TimeSpan.Zero,
            new(PaceGoal.Latency, () => 0),
            TimeProvider.System,
            new FeedLog(TimeProvider.System, NullLogger<CommentFeed>.Instance),
            new StreamMetrics(new Meter("micro")));
        _feed = hub.Feed;
        await _feed.PrepareAsync(null, 0);
        var (connection, metrics) = (new Nowhere(_written), new StreamMetrics(new Meter("micro")));
        for (var i = 0; i < Viewers; i++) hub.Add(new(connection, _feed, _feed.Begin(null, 0), metrics));
    }

    [Benchmark]
    public void Comment()
    {
        var comment = Sample.Comment(_last.Value + 1);
        _written.Reset(Viewers);
        _feed.OnBatch(new(_last, [comment]));
        _last = comment.Id;
        _written.Wait();
    }

    private sealed class Nowhere(CountdownEvent written) : IViewerConnection
    {
        public ValueTask WriteAsync(SsePayload bytes)
        {
            written.Signal();
            return default;
        }

        public void Abort()
        {
        }
    }

    /// <summary>A video whose log is empty and stays so.</summary>
    private sealed class NoLog : ILiveVideos
    {
        public Task<PostOutcome> PostAsync(LiveVideoId liveVideoId, CommentDraft draft) => throw new NotSupportedException();

        public Task<RemovalOutcome> RemoveAsync(LiveVideoId liveVideoId, RemovalRequest request) => throw new NotSupportedException();

        public Task<IReadOnlyList<Ban>> ReadBansAsync(LiveVideoId liveVideoId) => throw new NotSupportedException();

        public Task<VideoSettings> ReadSettingsAsync(LiveVideoId liveVideoId) => throw new NotSupportedException();

        public Task<FoundEntry> FindAsync(LiveVideoId liveVideoId, CommentId id) => throw new NotSupportedException();

        public Task<CommentPage> ReadAsync(LiveVideoId liveVideoId, CommentId before, int limit) =>
            Task.FromResult(new CommentPage([], null));

        public Task<ILiveVideoSubscription> SubscribeAsync(LiveVideoId liveVideoId, ILiveVideoObserver observer) =>
            Task.FromResult<ILiveVideoSubscription>(new Subscription());
    }

    private sealed class Subscription : ILiveVideoSubscription
    {
        public CommentId Start => CommentId.None;

        public ValueTask DisposeAsync() => default;
    }
}
