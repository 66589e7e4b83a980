using LiveComments.WebFrontend.FanOut;

namespace LiveComments.WebFrontend.Tests.FanOut;

public sealed class FlushThrottleTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FlushThrottle _pacer;
    private readonly Signal _news = new();
    private double _load = 1;
    private int _flushes;

    public FlushThrottleTests() => _pacer =
        _pacer = new(Flushed, TimeSpan.FromMilliseconds(50), new(PaceGoal.Auto, () => _load), _time);

    public void Dispose() => _pacer.Dispose();

    [Fact]
    public void The_first_after_a_quiet_time_goes_at_once()
    {
        _pacer.Request();
        Assert.Equal(1, _flushes);
    }

    [Fact]
    public void A_flush_that_costs_nothing_makes_nobody_wait()
    {
        for (var i = 1; i <= 10; i++)
        {
            Flush(TimeSpan.Zero);
            Assert.Equal(i, _flushes);
        }
    }

    [Fact]
    public void A_dear_flush_makes_the_next_wait_for_company()
    {
        Flush(TimeSpan.FromMilliseconds(1));
        _pacer.Request();
        _pacer.Request();
        Assert.Equal(1, _flushes);

        _time.Advance(TimeSpan.FromMilliseconds(31));
        Assert.Equal(1, _flushes);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _flushes);
    }

    [Fact]
    public void Nobody_waits_longer_than_the_bound()
    {
        Flush(TimeSpan.FromMilliseconds(20));
        _pacer.Request();
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Equal(1, _flushes);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _flushes);
    }

    [Fact]
    public void On_an_idle_node_the_bound_is_a_fifth_of_it()
    {
        _load = 0.1;
        Flush(TimeSpan.FromMilliseconds(20));
        _pacer.Request();
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Equal(1, _flushes);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _flushes);
    }

    [Fact]
    public void What_comes_during_a_flush_gets_another_after_a_rest()
    {
        _pacer.Request();
        _pacer.Request();
        _time.Advance(TimeSpan.FromMilliseconds(60));
        _pacer.Done();
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Equal(1, _flushes);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, _flushes);
    }

    [Fact]
    public async Task What_comes_during_a_flush_that_costs_nothing_gets_another_at_once()
    {
        _pacer.Request();
        _pacer.Request();
        Assert.Equal(1, _flushes);
        _pacer.Done();
        await _news.UntilAsync(() => _flushes == 2);
    }

    [Fact]
    public void After_a_pause_it_goes_at_once_again()
    {
        Flush(TimeSpan.FromMilliseconds(5));
        _time.Advance(TimeSpan.FromMilliseconds(50));
        _pacer.Request();
        Assert.Equal(2, _flushes);
    }

    [Fact]
    public void What_is_in_a_hurry_does_not_wait_for_the_end_of_a_rest()
    {
        Flush(TimeSpan.FromMilliseconds(5));
        _pacer.Request();
        Assert.Equal(1, _flushes);
        _pacer.Request(hurry: true);
        Assert.Equal(2, _flushes);
        _pacer.Done();
        _pacer.Request(hurry: true);
        Assert.Equal(3, _flushes);
    }

    [Fact]
    public async Task What_is_in_a_hurry_during_a_flush_gets_another_at_once()
    {
        _pacer.Request();
        _pacer.Request(hurry: true);
        _pacer.Request();
        _time.Advance(TimeSpan.FromMilliseconds(60));
        Assert.Equal(1, _flushes);
        _pacer.Done();
        await _news.UntilAsync(() => _flushes == 2);
    }

    private void Flushed()
    {
        _flushes++;
        _news.Tell();
    }

    private void Flush(TimeSpan cost)
    {
        _pacer.Request();
        _time.Advance(cost);
        _pacer.Done();
    }
}
