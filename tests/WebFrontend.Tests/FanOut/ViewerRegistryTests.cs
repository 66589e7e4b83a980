using LiveComments.WebFrontend.FanOut;
using static LiveComments.WebFrontend.Tests.StreamingParts;

namespace LiveComments.WebFrontend.Tests.FanOut;

public sealed class ViewerRegistryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ViewerRegistry _viewers;

    public ViewerRegistryTests() => _viewers = new(maxViewers: 2, new() { StallSeconds = 30 }, _time, Metrics);

    public void Dispose() => _viewers.Dispose();

    [Fact]
    public void Each_gets_a_keep_alive_every_15_seconds_whenever_it_came()
    {
        var connections = new List<RecordingConnection>();
        for (var second = 0; second < 20; second++)
        {
            connections.Add(new());
            _viewers.Add(NewViewer(connections[^1]));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var before = connections.Select(connection => connection.Writes).ToArray();
        _time.Advance(TimeSpan.FromSeconds(150));
        Assert.All(connections.Zip(before), pair => Assert.Equal(10, pair.First.Writes - pair.Second));
    }

    [Fact]
    public void One_that_has_just_come_gets_none_before_its_time()
    {
        var connection = new RecordingConnection();
        _viewers.Add(NewViewer(connection));
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(0, connection.Writes);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, connection.Writes);
    }

    [Fact]
    public void There_is_room_up_to_the_cap()
    {
        Assert.True(_viewers.TryReserve());
        Assert.True(_viewers.TryReserve());
        Assert.False(_viewers.TryReserve());
        _viewers.Release();
        Assert.True(_viewers.TryReserve());
    }

    [Fact]
    public async Task When_the_node_stops_all_end_and_so_do_those_that_come()
    {
        var (one, late) = (NewViewer(new RecordingConnection()), NewViewer(new RecordingConnection()));
        using var first = _viewers.Add(one);
        _viewers.EndAll();
        using var second = _viewers.Add(late);
        await Task.WhenAll(one.Ended, late.Ended).InTime();
        Assert.True(_viewers.Stopping);
    }

    [Fact]
    public void One_that_left_gets_no_more()
    {
        var connection = new RecordingConnection();
        _viewers.Add(NewViewer(connection)).Dispose();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, connection.Writes);
    }

    [Fact]
    public async Task One_that_takes_nothing_is_cut_off_and_the_others_are_not()
    {
        var never = new TaskCompletionSource();
        var (slow, quick) = (new RecordingConnection { Taking = () => new(never.Task), Aborted = never.SetCanceled }, new RecordingConnection());
        var stalled = NewViewer(slow);
        _viewers.Add(stalled);
        _viewers.Add(NewViewer(quick));

        // The first line is under way and the second waits; then two more come up in vain.
        _time.Advance(TimeSpan.FromSeconds(45));
        Assert.False(stalled.Ended.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(15));
        await stalled.Ended.InTime();
        Assert.Equal(1, slow.Writes);
        Assert.Equal(4, quick.Writes);
    }
}
