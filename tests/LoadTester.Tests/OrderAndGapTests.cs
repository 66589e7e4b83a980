using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

public class OrderAndGapTests
{
    [Fact]
    public async Task Comments_out_of_order_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { SwapEvery = 7 }, LoadTestRun.Options);

        Assert.Equal(150 / 7 * 20, counts.Swapped);
        Assert.Equal([$"{counts.Swapped} comments out of order"], result.Faults);
    }

    [Fact]
    public async Task Comments_without_an_id_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { ForgetIdEvery = 11 }, LoadTestRun.Options);

        Assert.Equal(150 * 20 / 11, counts.WithoutId);
        Assert.Equal([$"{counts.WithoutId} events that cannot be read"], result.Faults);
    }

    [Fact]
    public async Task A_told_gap_is_a_fault_of_its_own_and_its_comments_are_not_missing()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { GapEvery = 19 }, LoadTestRun.Options);

        Assert.Equal(150 * 20 / 19, counts.InGaps);
        Assert.Equal(counts.InGaps, result.Deliveries.InToldGaps);
        Assert.Equal(0, result.Deliveries.Missing);
        Assert.Equal([$"{counts.Gaps} gaps told to viewers who read at once"], result.Faults);
    }

    [Fact]
    public async Task A_gap_told_to_a_slow_viewer_is_counted_and_no_fault()
    {
        var options = LoadTestRun.Options with { Slow = 3, MessageSize = 500, Rate = 400 };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults { QueueLength = 200 }, options);

        Assert.Equal(3, counts.Gaps);
        Assert.Equal(counts.Gaps, result.Deliveries.SlowGaps);
        Assert.Equal(counts.InGaps, result.Deliveries.InToldGaps);
        Assert.Equal(600 * 20 - counts.InGaps, result.Deliveries.Total);
        Assert.Empty(result.Faults);
    }
}
