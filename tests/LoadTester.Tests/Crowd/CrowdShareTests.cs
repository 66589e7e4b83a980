using LiveComments.LoadTester.Crowd;

namespace LiveComments.LoadTester.Tests.Crowd;

public class CrowdShareTests
{
    [Theory]
    [InlineData(1, 1, 10)]
    [InlineData(3, 1, 10)]
    [InlineData(3, 2, 100)]
    [InlineData(4, 4, 5)]
    public void The_shares_of_shares_hold_everybody_once(int processes, int threads, int viewers)
    {
        var numbers =
            from process in Enumerable.Range(0, processes)
            from thread in Enumerable.Range(0, threads)
            let share = new CrowdShare(process, processes).Part(thread, threads)
            from viewer in Enumerable.Range(0, share.Of(viewers))
            select share.Number(viewer);

        Assert.Equal(Enumerable.Range(0, viewers), numbers.Order());
    }
}
