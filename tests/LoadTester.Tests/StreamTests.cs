using LiveComments.LoadTester.Reporting;
using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

public class StreamTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(5, 1.2)]
    public async Task A_faultless_server_is_reported_as_such(int videos, double zipf)
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), LoadTestRun.Options with { Videos = videos, Zipf = zipf });

        Assert.Empty(result.Faults);
        Assert.Empty(result.Errors);
        Assert.Equal(counts.Delivered, result.Deliveries.Total);
        Assert.Equal(counts.Delivered, result.Deliveries.Expected);
        Assert.Equal(150, result.Posts.Acknowledged);
    }

    [Fact]
    public async Task A_stream_cut_anywhere_is_read_whole()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { IsRagged = true }, LoadTestRun.Options);

        Assert.Empty(result.Faults);
        Assert.Equal(counts.Delivered, result.Deliveries.Total);
    }

    [Fact]
    public async Task Delayed_deliveries_show_in_the_end_to_end_latency_and_not_in_that_of_posts()
    {
        var delay = TimeSpan.FromSeconds(1.5);

        var (result, _) = await LoadTestRun.RunAsync(new Faults { DeliveryDelay = delay }, LoadTestRun.Options);

        Assert.True(result.EndToEnd.P50 >= delay.TotalMilliseconds, $"{result.EndToEnd}");
        Assert.True(result.Post.P50 < result.EndToEnd.P50);
        Assert.Equal(100, result.Post.Count);
        Assert.Equal(100 * 20, result.EndToEnd.Count);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task Viewers_that_come_and_go_miss_nothing_of_their_time()
    {
        var options = LoadTestRun.Options with { Churn = 100, Videos = 3, Backlog = 10, Slow = 2 };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), options);

        Assert.Empty(result.Faults);
        Assert.True(result.Viewers.Left > 50);
        Assert.Equal(20 + result.Viewers.Left, result.Viewers.Joined);
        Assert.Equal(counts.StreamsOpened, result.Viewers.Joined);
    }

    [Fact]
    public async Task Comments_of_others_are_not_counted_as_deliveries()
    {
        var options = LoadTestRun.Options with { Backlog = 5 };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults { History = 100 }, options);

        Assert.Equal(5 * 20, counts.HistorySent);
        Assert.Equal(5 * 20, result.Deliveries.Foreign);
        Assert.Equal(150 * 20, result.Deliveries.Total);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task Without_a_backlog_no_history_is_asked_for()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { History = 100 }, LoadTestRun.Options);

        Assert.Equal(0, counts.HistorySent);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task A_stream_that_the_server_ends_is_a_fault_and_what_came_after_is_not_missing()
    {
        var (result, counts) = await LoadTestRun.RunAsync(new Faults { CutStreamAfter = 100 }, LoadTestRun.Options);

        Assert.Equal(20, counts.StreamsCut);
        Assert.Equal(20, result.Errors["viewer: stream ended by the server"]);
        Assert.Equal(["20 viewers not accepted or cut off"], result.Faults);
        Assert.Equal(100 * 20, result.Deliveries.Total);
    }

    [Fact]
    public async Task A_slow_viewer_that_the_server_ends_is_no_fault()
    {
        var options = LoadTestRun.Options with { Viewers = 4, Slow = 4 };

        var (result, _) = await LoadTestRun.RunAsync(new Faults { CutStreamAfter = 10 }, options);

        Assert.Equal(4, result.Viewers.SlowCutOff);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task Where_no_viewer_is_accepted_the_run_ends_at_once_and_says_why()
    {
        var failure = await Assert.ThrowsAsync<LoadTestException>(
            () => LoadTestRun.RunAsync(new Faults { StreamStatus = 503 }, LoadTestRun.Options));

        Assert.Equal("Not one viewer could connect: viewer: answered 503.", failure.Message);
    }

    [Fact]
    public async Task An_idle_crowd_is_held_and_nothing_posted()
    {
        var options = LoadTestRun.Options with { Rate = 0, ServerPids = [Environment.ProcessId] };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), options);

        Assert.Equal(20, result.Viewers.Connected);
        Assert.Equal(0, counts.Published);
        Assert.NotNull(result.Server);
        Assert.True(result.Server.ResidentBytes > 0);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task A_warm_up_ends_once_the_server_is_warm_and_the_window_follows_it()
    {
        var options = LoadTestRun.Options with
        {
            WarmUp = TimeSpan.FromMinutes(5),
            Steady = TimeSpan.FromMilliseconds(100),
            ServerPids = [Environment.ProcessId],
        };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), options);

        Assert.Empty(result.Faults);
        Assert.InRange(result.Posts.Due, 100, 100 * 300);
        Assert.Equal(result.Posts.Due, result.Posts.Acknowledged);
        Assert.Equal(counts.Delivered, result.Deliveries.Expected);
        Assert.InRange(result.EndToEnd.Count, 99 * 20, 101 * 20);
        Assert.True(result.Server!.WarmUpCpuSeconds.Count >= 2);
    }

    [Fact]
    public async Task Connections_come_from_the_source_addresses()
    {
        var options = LoadTestRun.Options with { Sources = ["127.0.0.2", "127.0.0.3"] };

        var (result, counts) = await LoadTestRun.RunAsync(new Faults(), options);

        Assert.Equal(["127.0.0.2", "127.0.0.3"], counts.ClientAddresses.Order());
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task A_stopped_run_ends_with_all_its_threads()
    {
        await using var server = new TinyServer(new Faults());
        using var stop = new CancellationTokenSource();
        var options = LoadTestRun.Options with { Urls = [server.Url], Duration = TimeSpan.FromHours(1) };
        var display = new StopAtFirstDelivery(stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LoadTest.RunAsync(new HttpTarget(), options, display, stop.Token));
    }

    private sealed class StopAtFirstDelivery(CancellationTokenSource stop) : IProgressDisplay
    {
        public void Show(RunProgress progress)
        {
            if (progress.DeliveriesPerSecond > 0) stop.Cancel();
        }
    }
}
