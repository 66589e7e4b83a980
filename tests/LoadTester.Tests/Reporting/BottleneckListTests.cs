using LiveComments.LoadTester.Posters;
using LiveComments.LoadTester.Reporting;
using LiveComments.LoadTester.Viewers;

namespace LiveComments.LoadTester.Tests.Reporting;

public class BottleneckListTests
{
    private readonly PosterTotals _posts = new();
    private readonly ViewerTotals _viewers = new();

    [Fact]
    public void A_busy_reader_is_one()
    {
        _viewers.BusiestReader = 0.85;
        Assert.Empty(Find());

        _viewers.BusiestReader = 0.9;
        Assert.Contains("busy 90", Assert.Single(Find()));
    }

    [Fact]
    public void A_reader_that_waits_for_a_CPU_is_one()
    {
        _viewers.LongestCpuWait = 0.5;

        Assert.Contains("waited 50", Assert.Single(Find()));
    }

    [Fact]
    public void Late_reads_are_one()
    {
        _viewers.ReadTurns.Record(30_000_000);

        Assert.Contains("reads ran up to 30 ms late", Assert.Single(Find()));
    }

    [Fact]
    public void Late_posts_are_one()
    {
        _posts.Lateness.Record(7_000_000);

        Assert.Contains("posts ran 7 ms late", Assert.Single(Find()));
    }

    [Fact]
    public void Too_few_posters_are_one()
    {
        _posts.WaitedForPoster = 2;

        Assert.Contains("2 posts were due while all --posters", Assert.Single(Find()));
    }

    private List<string> Find() => [.. BottleneckList.Find(_posts, _viewers)];
}
