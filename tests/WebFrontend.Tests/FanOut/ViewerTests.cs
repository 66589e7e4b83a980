using LiveComments.WebFrontend.FanOut;
using LiveComments.WebFrontend.Feed;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.FanOut;

public sealed class ViewerTests : IAsyncLifetime
{
    private const int Replay = 200;

    private readonly InProcessLiveVideos _videos = Engine(new MemoryStore(), new ManualTime());
    private readonly RecordingConnection _connection = new();
    private Viewer _viewer = null!;
    private readonly CommentFeed _feed;

    public ViewerTests() => _feed = NewFeed(_videos, new ManualTime(), Replay);

    public async Task InitializeAsync()
    {
        await _feed.PrepareAsync(null, 50).InTime();
        _viewer = new(_connection, _feed, _feed.Begin(null, 50), Metrics);
    }

    public async Task DisposeAsync()
    {
        await _feed.DisposeAsync();
        _videos.Dispose();
    }

    [Fact]
    public void All_that_it_misses_goes_in_one_write()
    {
        Append(1, 30);
        _viewer.Pump();
        Assert.Equal(1, _connection.Writes);
        Assert.Equal(Numbers(1, 30), _connection.Ids);
    }

    [Fact]
    public async Task A_slow_write_holds_up_nobody_and_is_followed_by_what_came_meanwhile()
    {
        var taken = new TaskCompletionSource();
        _connection.Taking = () => new(taken.Task);
        Append(1, 1);
        _viewer.Pump();
        Append(2, 4);
        _viewer.Pump();
        Assert.Equal(Numbers(1, 1), _connection.Ids);

        _connection.Taking = () => default;
        taken.SetResult();
        await _connection.News.UntilAsync(() => _connection.Writes == 2);
        Assert.Equal(Numbers(1, 5), _connection.Ids);
    }

    [Fact]
    public async Task One_that_fell_out_of_the_ring_is_told_and_moves_on()
    {
        var taken = new TaskCompletionSource();
        _connection.Taking = () => new(taken.Task);
        Append(1, 1);
        _viewer.Pump();
        Append(2, 999);
        _connection.Taking = () => default;
        taken.SetResult();
        await _connection.News.UntilAsync(() => _connection.Writes == 3);

        Assert.Equal("""{"after":"1","before":"951"}""", _connection.Events[1].Data);
        Assert.Equal([1, .. Numbers(951, 50)], _connection.Ids);
    }

    [Fact]
    public async Task One_whose_connection_breaks_ends()
    {
        _connection.Taking = () => throw new IOException("reset");
        Append(1, 1);
        _viewer.Pump();
        await _viewer.Ended.InTime();
    }

    [Fact]
    public async Task Nothing_is_written_after_its_end()
    {
        _viewer.End();
        await _viewer.Ended.InTime();
        Append(1, 1);
        _viewer.Pump();
        _viewer.KeepAlive(patience: 4);
        Assert.Equal(0, _connection.Writes);
    }

    [Fact]
    public async Task Many_who_pump_at_once_keep_the_order()
    {
        using var random = new ThreadLocal<Random>(() => new Random(1));
        _connection.Taking = async () =>
        {
            if (random.Value!.Next(3) == 0) await Task.Yield();
        };
        var appending = Task.Run(() =>
        {
            for (var i = 1; i <= 2_000; i++)
            {
                Append(i, 1);
                _viewer.Pump();
                // It may fall behind by no more than the ring holds, or it would rightly be told of a gap.
                SpinWait.SpinUntil(() => _feed.End - _viewer.Position < Replay / 2);
            }
        });
        var others = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!appending.IsCompleted) _viewer.Pump();
        }));
        await Task.WhenAll([appending, .. others]).InTime();
        _viewer.Pump();
        await _connection.News.UntilAsync(() => _connection.Ids.Count() == 2_000);

        Assert.Equal(Numbers(1, 2_000), _connection.Ids);
    }

    private void Append(long first, int count) =>
        _feed.OnBatch(Batch(first - 1, [.. Numbers(first, count)]));

    private static IEnumerable<long> Numbers(long first, int count) => Enumerable.Range(0, count).Select(i => first + i);
}
