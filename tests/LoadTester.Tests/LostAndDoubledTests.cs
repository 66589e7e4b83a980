using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

public class LostAndDoubledTests
{
    [Fact]
    public async Task Lost_comments_are_missing_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { LoseEvery = 17 }, LoadTestRun.Impatient);

        Assert.Equal(150 * 20, result.Deliveries.Expected);
        Assert.Equal(150 * 20 / 17, counts.Lost);
        Assert.Equal(counts.Lost, result.Deliveries.Missing);
        Assert.Equal([$"{counts.Lost} comments missing"], result.Faults);
    }

    [Fact]
    public async Task Lost_comments_are_counted_over_several_processes()
    {
        var options = LoadTestRun.Impatient with { Processes = 2, Viewers = 21, Videos = 3, Slow = 2 };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults { LoseEvery = 17 }, options);

        Assert.Equal(21, result.Viewers.Connected);
        Assert.Equal(150 * 7, result.Deliveries.Expected);
        Assert.Equal(150 * 7 / 17, counts.Lost);
        Assert.Equal(counts.Lost, result.Deliveries.Missing);
    }

    [Fact]
    public async Task Doubled_comments_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { DoubleEvery = 13 }, LoadTestRun.Options);

        Assert.Equal(150 * 20 / 13, counts.Doubled);
        Assert.Equal([$"{counts.Doubled} comments doubled"], result.Faults);
    }

    [Fact]
    public async Task Comments_on_the_wrong_stream_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { LeakEvery = 10 }, LoadTestRun.Options with { Videos = 2 });

        Assert.Equal(15 * 10, counts.Leaked);
        Assert.Equal([$"{counts.Leaked} comments on the wrong stream"], result.Faults);
    }

    [Fact]
    public async Task Viewers_that_the_server_forgets_miss_everything()
    {
        var options = LoadTestRun.Impatient with { Churn = 50 };

        var (result, _) = await LoadTestRun.RunAsync(new Faults { ForgetsLateViewers = true }, options);

        Assert.True(result.Viewers.Left > 0);
        Assert.True(result.Deliveries.Missing > 0);
        Assert.Equal([$"{result.Deliveries.Missing:N0} comments missing"], result.Faults);
    }
}
