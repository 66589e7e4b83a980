using System.Diagnostics.Metrics;
using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using LiveComments.WebFrontend.Operations;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.FanOut;

/// <summary>What a viewer's way is counted as.</summary>
public sealed class StreamMetricsTests : IAsyncLifetime, IDisposable
{
    private const int Replay = 200;

    private readonly Meter _meter = new("test");
    private readonly InProcessLiveVideos _videos = Engine(new MemoryStore(), new ManualTime());
    private readonly RecordingConnection _connection = new();
    private readonly MeterReader _reader;
    private readonly CommentFeed _feed;
    private Viewer _viewer = null!;

    public StreamMetricsTests()
    {
        _feed = NewFeed(_videos, new ManualTime(), Replay);
        _reader = new(_meter);
    }

    public async Task InitializeAsync()
    {
        await _feed.PrepareAsync(null, 50).InTime();
        _viewer = new(_connection, _feed, _feed.Begin(null, 50), new(_meter));
    }

    public async Task DisposeAsync() => await _feed.DisposeAsync();

    public void Dispose()
    {
        _reader.Dispose();
        _meter.Dispose();
        _videos.Dispose();
    }

    [Fact]
    public void Each_comment_written_is_a_delivery_and_a_keep_alive_is_none()
    {
        _feed.OnBatch(Batch(0, 1, 2, 3));
        _viewer.Pump();
        _viewer.KeepAlive(patience: 4);
        Assert.Equal(3, Total(StreamMetrics.DeliveriesName));
        Assert.Equal(0, Total(StreamMetrics.GapsName));
    }

    [Fact]
    public void A_gap_told_is_a_gap_counted()
    {
        _feed.OnBatch(Batch(0, [.. Enumerable.Range(1, Replay + 100).Select(id => (long)id)]));
        _viewer.Pump();
        Assert.Equal("gap", _connection.Events[0].EventType);
        Assert.Equal(1, Total(StreamMetrics.GapsName));
        Assert.Equal(50, Total(StreamMetrics.DeliveriesName));
    }

    [Fact]
    public async Task A_viewer_is_slow_while_it_takes_a_write()
    {
        var taken = new TaskCompletionSource();
        _connection.Taking = () => new(taken.Task);
        _feed.OnBatch(Batch(0, 1));
        _viewer.Pump();
        Assert.Equal(1, Total(StreamMetrics.SlowViewersName));

        _connection.Taking = () => default;
        taken.SetResult();
        _viewer.End();
        await _viewer.Ended.InTime();
        Assert.Equal(0, Total(StreamMetrics.SlowViewersName));
    }

    [Fact]
    public async Task Nothing_that_many_threads_count_is_lost()
    {
        var counter = new StripedCounter();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++) counter.Add(2);
        })));
        Assert.Equal(80_000, counter.Total);
    }

    private long Total(string instrument)
    {
        _reader.Observe();
        return _reader.Total(instrument);
    }
}
