using LiveComments.WebFrontend.Operations;

namespace LiveComments.WebFrontend.Tests.Operations;

public sealed class LatencyWindowTests
{
    private readonly LatencyWindow _window = new();

    [Fact]
    public void Percentiles_are_at_most_a_twelfth_too_high()
    {
        for (var milliseconds = 1; milliseconds <= 1_000; milliseconds++) _window.Record(TimeSpan.FromMilliseconds(milliseconds));

        var (second, minute) = _window.EndSecond();

        Assert.Equal(second, minute);
        AssertNear(500, second!.P50);
        AssertNear(950, second.P95);
        AssertNear(990, second.P99);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1e9)]
    public void What_cannot_be_is_counted_at_the_end_that_it_is_nearer_to(double milliseconds)
    {
        _window.Record(TimeSpan.FromMilliseconds(milliseconds));
        var p50 = _window.EndSecond().Second!.P50;
        if (milliseconds <= 0) Assert.Equal(0.05, p50);
        else Assert.InRange(p50, 60_000, 1e9);
    }

    [Fact]
    public void A_second_counts_for_a_minute()
    {
        _window.Record(TimeSpan.FromMilliseconds(10));
        Assert.NotNull(_window.EndSecond().Second);
        for (var second = 2; second <= 60; second++)
        {
            var (last, minute) = _window.EndSecond();
            Assert.Null(last);
            AssertNear(10, minute!.P50);
        }

        Assert.Null(_window.EndSecond().Minute);
    }

    [Fact]
    public async Task Nothing_that_many_threads_record_is_lost()
    {
        var ended = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++) _window.Record(TimeSpan.FromMilliseconds(i % 2 == 0 ? 1 : 100));
        })).Append(Task.Run(() =>
        {
            while (ended++ < 30) _window.EndSecond();
        })));

        var minute = _window.EndSecond().Minute!;
        AssertNear(1, minute.P50);
        AssertNear(100, minute.P95);
    }

    private static void AssertNear(double milliseconds, double actual) =>
        Assert.InRange(actual, milliseconds * .999, milliseconds * 13 / 12);
}
