namespace LiveComments.Tests;

/// <summary>How receipts of several nodes and edges add up.</summary>
public sealed class ReceiptTests
{
    [Fact]
    public void Shares_add_up_and_so_do_their_times()
    {
        var sum = Share(10, told: 8, left: 1, 40, 50) + Share(5, told: 5, left: 0, 60, 70) + ReceiptShare.None;
        Assert.Equal((15, 13, 1), (sum.WereSent, sum.Told, sum.Left));
        Assert.False(sum.IsComplete);
        Assert.True(sum.IsValid);
        Assert.Equal((50, 70), (sum.MedianMs, sum.NearlyAllMs));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 110)]
    [InlineData(250, 250)]
    [InlineData(1_000, 1_000)]
    [InlineData(1_001, 1_100)]
    [InlineData(9_950, 10_000)]
    [InlineData(10_001, 11_000)]
    [InlineData(90_000, 60_000)]
    [InlineData(-5, 0)]
    public void A_time_is_rounded_up_to_its_step(double took, int expected)
    {
        var times = new ReceiptTimes();
        times.Add(TimeSpan.FromMilliseconds(took));
        var copy = new ReceiptTimes();
        copy.Add(times.ToPairs());
        Assert.Equal((expected, expected), (times.Within(0.5), copy.Within(0.99)));
    }

    [Fact]
    public void Every_place_of_the_histogram_is_one_that_may_be_sent()
    {
        var times = new ReceiptTimes();
        for (var milliseconds = 0; milliseconds <= 60_000; milliseconds++) times.Add(TimeSpan.FromMilliseconds(milliseconds));
        var pairs = times.ToPairs();
        Assert.Equal(2 * ReceiptTimes.Length, pairs.Count);
        Assert.True(new ReceiptShare { WereSent = 60_001, Told = 60_001, Times = pairs }.IsValid);
        Assert.Null(new ReceiptTimes().Within(0.5));
    }

    [Fact]
    public void An_edge_counts_once_however_many_nodes_it_follows_and_is_awaited_until_it_has_reported()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        NodeReceipt[] nodes =
            [new(Share(3, told: 3, left: 0), [first, second], IsWhole: true), new(ReceiptShare.None, [first], IsWhole: true)];
        var reports = new Dictionary<Guid, ReceiptShare> { [first] = Share(100, told: 100, left: 0) };

        var sum = ReceiptSum.Of(nodes, missing: 0, reports);
        Assert.Equal((103, 2, 1, 2), (sum.Total.WereSent, sum.Total.Relays, sum.Total.RelaysReported, sum.Nodes));
        Assert.False(sum.IsComplete);

        // It has edges behind it, one of which has not reported.
        reports[second] = Share(1, told: 1, left: 0) with { Relays = 2, RelaysReported = 1 };
        sum = ReceiptSum.Of(nodes, missing: 0, reports);
        Assert.Equal((104, 4, 3), (sum.Total.WereSent, sum.Total.Relays, sum.Total.RelaysReported));
        Assert.False(sum.IsComplete);

        reports[second] = Share(1, told: 1, left: 0) with { Relays = 2, RelaysReported = 2 };
        Assert.True(ReceiptSum.Of(nodes, missing: 0, reports).IsComplete);
        Assert.False(ReceiptSum.Of(nodes, missing: 1, reports).IsComplete);
        Assert.False(ReceiptSum.Of(nodes, missing: 0, reports, allAsked: false).IsComplete);
        nodes[1] = nodes[1] with { IsWhole = false };
        Assert.False(ReceiptSum.Of(nodes, missing: 0, reports).IsComplete);
    }

    [Fact]
    public void Reports_are_kept_of_the_last_removals_and_of_so_many_edges()
    {
        var video = LiveVideoId.Parse("v");
        var reports = new EdgeReports(mostRemovals: 2);
        for (var removal = 1; removal <= 3; removal++)
            for (var edge = 0; edge < 1_100; edge++) reports.Add(video, new(Guid.NewGuid(), new(removal), Share(1, told: 1, left: 0)));
        Assert.Empty(reports.Find(video, new(1)));
        Assert.Equal((1_000, 1_000), (reports.Find(video, new(2)).Count, reports.Find(video, new(3)).Count));
    }

    private static ReceiptShare Share(long wereSent, long told, long left, params long[] milliseconds)
    {
        var times = new ReceiptTimes();
        foreach (var took in milliseconds) times.Add(TimeSpan.FromMilliseconds(took));
        return new() { WereSent = wereSent, Told = told, Left = left, Times = times.ToPairs() };
    }
}
