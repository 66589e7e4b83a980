using LiveComments.WebFrontend.Operations;

namespace LiveComments.WebFrontend.Tests.Operations;

public sealed class RefusalCountsTests
{
    private readonly RefusalCounts _counts = new();

    [Fact]
    public void Reasons_are_counted_for_a_second_a_minute_and_ever()
    {
        Next(0, 0);
        Assert.Equal([new("post", "invalid", 3, 3), new("stream", "stopping", 1, 1)], Next(3, 1));
        Assert.Equal(4, _counts.LastSecond);
        for (var second = 2; second < 60; second++) Next(3, 1);
        Assert.Equal(0, _counts.LastSecond);
        Assert.Equal(new("post", "invalid", 3, 3), Next(3, 1)[0]);
        Assert.Equal(new("post", "invalid", 0, 3), Next(3, 1)[0]);
    }

    [Fact]
    public void The_most_frequent_of_the_last_minute_comes_first() =>
        Assert.Equal(["stopping", "invalid"], Next(1, 2).Select(refusal => refusal.Reason));

    private IReadOnlyList<RefusalReport> Next(long invalid, long stopping) =>
        _counts.Next([("post", "invalid", invalid), ("stream", "stopping", stopping)]);
}
