namespace LiveComments.Tests;

public sealed class NodePaceTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0.5, 10)]
    [InlineData(0.6, 20)]
    [InlineData(0.7, 30)]
    [InlineData(0.9, 50)]
    [InlineData(1, 50)]
    public void The_more_of_the_processors_is_busy_the_longer_it_gathers(double load, double milliseconds) =>
        Assert.Equal(milliseconds, new NodePace(PaceGoal.Auto, () => load).LongestWait(Bound).TotalMilliseconds, 3);

    [Theory]
    [InlineData(PaceGoal.Latency, 0)]
    [InlineData(PaceGoal.Cost, 50)]
    public void Who_says_which_of_the_two_is_dearer_gets_it_whatever_the_load(PaceGoal goal, double milliseconds)
    {
        var pace = new NodePace(goal, () => throw new InvalidOperationException("It is not measured for that."));

        Assert.Equal(milliseconds, pace.LongestWait(Bound).TotalMilliseconds);
    }

    [Fact]
    public async Task Work_on_all_processors_is_seen()
    {
        using var load = new ProcessorLoad(TimeProvider.System);
        using var end = new CancellationTokenSource();
        var work = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                while (!end.IsCancellationRequested) Thread.SpinWait(1_000);
            },
            TaskCreationOptions.LongRunning)).ToArray();

        await Patience.UntilAsync(() => Task.FromResult(load.Current > 0.8));
        await end.CancelAsync();
        await Task.WhenAll(work).InTime();
    }

    [Fact]
    public void It_is_not_measured_more_often_than_it_can_change()
    {
        var time = new ManualTime();
        var begun = Environment.CpuUsage.TotalTime;
        using var load = new ProcessorLoad(time);
        // What the process uses meanwhile it takes for the work of 100 ms.
        while (Environment.CpuUsage.TotalTime - begun < TimeSpan.FromMilliseconds(20)) Thread.SpinWait(1_000);

        time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, load.Current);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.InRange(load.Current, 0.0001, 1);
    }
}
