using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

/// <summary>Runs that remove some of their own comments: 30 of 150, over 20 viewers.</summary>
public class RemovalTests
{
    private static readonly LoadTestOptions Options = LoadTestRun.Options with { Removals = 20, ModeratorToken = "a.b.c" };

    private static readonly LoadTestOptions Impatient = Options with { Drain = LoadTestRun.Impatient.Drain };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_faultless_server_is_reported_as_such(bool isRagged)
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { IsRagged = isRagged }, Options);

        Assert.Empty(result.Faults);
        Assert.InRange(result.Removals.Acknowledged, 25, 30);
        Assert.Equal(counts.Removed, result.Removals.Acknowledged);
        Assert.Equal(counts.RemovalsDue, result.Removals.Told);
        Assert.Equal(150 * 20, result.Deliveries.Expected);
        Assert.Equal(150 * 20 - counts.RemovedUnsent, result.Deliveries.Total);
        Assert.Equal(counts.RemovedUnsent, result.Deliveries.RemovedUnsent);
        Assert.Equal(counts.RemovalsDue - counts.RemovedUnsent, result.Removals.Expected);
        Assert.InRange(result.RemovalToLast.Count, 10, result.Removals.Acknowledged);
        Assert.Equal(result.Removal.Count, result.RemovalToLast.Count);
        Assert.Contains(counts.Requests, request =>
            request.StartsWith("DELETE /comments/load-0/1", StringComparison.Ordinal)
            && request.Contains("\r\nAuthorization: Bearer a.b.c\r\n"));
    }

    [Fact]
    public async Task Comments_removed_before_they_could_be_sent_are_not_missing_and_the_wait_for_the_removal_shows()
    {
        var delay = TimeSpan.FromMilliseconds(200);

        var (result, counts) = await LoadTestRun.RunAsync(new Faults { DeliveryDelay = delay }, Options);

        Assert.Empty(result.Faults);
        Assert.True(counts.RemovedUnsent > 0);
        Assert.Equal(counts.RemovedUnsent, result.Deliveries.RemovedUnsent);
        Assert.True(result.RemovalToLast.P50 >= delay.TotalMilliseconds, $"{result.RemovalToLast}");
        Assert.True(result.Removal.P50 < result.RemovalToLast.P50);
    }

    [Fact]
    public async Task Removals_are_checked_over_several_processes_and_videos_with_viewers_that_come_go_and_sleep()
    {
        var options = Options with { Processes = 2, Videos = 3, Viewers = 21, Churn = 20, Slow = 2, Backlog = 10 };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), options);

        Assert.Empty(result.Faults);
        Assert.Equal(counts.Removed, result.Removals.Acknowledged);
        Assert.True(result.Removals.Expected > 0);
        Assert.True(result.RemovalToLast.Count > 0);
    }

    [Fact]
    public async Task Removals_that_a_viewer_is_not_told_of_are_missing_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { ForgetRemovalEvery = 17 }, Impatient);

        Assert.InRange(counts.RemovalsForgotten, 25, 35);
        // Whoever was not sent the comment need not be told.
        Assert.InRange(result.Removals.Missing, counts.RemovalsForgotten - counts.RemovedUnsent, counts.RemovalsForgotten);
        Assert.Equal([$"{result.Removals.Missing} removals missing"], result.Faults);
    }

    [Fact]
    public async Task Removals_told_twice_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { DoubleRemovalEvery = 17 }, Options);

        Assert.True(counts.RemovalsDoubled > 0);
        Assert.Equal(counts.RemovalsDoubled, result.Removals.Doubled);
        Assert.Equal([$"{counts.RemovalsDoubled} removals doubled"], result.Faults);
    }

    [Fact]
    public async Task Comments_sent_after_their_removal_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { ResurrectEvery = 17 }, Options);

        Assert.True(counts.Resurrected > 0);
        Assert.Equal(counts.Resurrected, result.Deliveries.Resurrected);
        Assert.Equal([$"{counts.Resurrected} comments after their removal"], result.Faults);
    }

    [Fact]
    public async Task Removals_with_an_id_that_does_not_rise_are_out_of_order()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { StaleRemovalEvery = 17 }, Options);

        Assert.True(counts.RemovalsStale > 0);
        Assert.Equal(0, result.Removals.Missing);
        Assert.Equal([$"{result.Deliveries.OutOfOrder} comments out of order"], result.Faults);
    }

    [Fact]
    public async Task A_removal_that_a_gap_names_is_not_missing()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { GapRemovalEvery = 17 }, Options);

        Assert.True(counts.RemovalsInGaps > 0);
        Assert.Equal([$"{counts.RemovalsInGaps} gaps told to viewers who read at once"], result.Faults);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Refused_removals_are_counted_and_their_comments_stay_expected(int status)
    {
        var (result, _) = await LoadTestRun.RunAsync(new Faults { RemovalStatus = status }, Options);

        Assert.InRange(result.Removals.Refused, 25, 30);
        Assert.Equal(result.Removals.Refused, result.Errors[$"removal: answered {status}"]);
        Assert.Equal(150 * 20, result.Deliveries.Total);
        Assert.Equal(["no removal was acknowledged, so none was checked"], result.Faults);
    }

    [Fact]
    public async Task Removals_answered_otherwise_have_failed()
    {
        var (result, _) = await LoadTestRun.RunAsync(new Faults { RemovalStatus = 403 }, Options);

        Assert.Equal(result.Removals.Failed, result.Errors["removal: answered 403"]);
        Assert.Equal(
            [$"{result.Removals.Failed} removals failed", "no removal was acknowledged, so none was checked"], result.Faults);
    }
}
