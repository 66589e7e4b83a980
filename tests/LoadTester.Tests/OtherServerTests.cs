using LiveComments.LoadTester.Requests;
using LiveComments.LoadTester.Tests.FaultyServer;

namespace LiveComments.LoadTester.Tests;

/// <summary>Servers with another API, reached by templates.</summary>
public class OtherServerTests
{
    private static readonly RequestOptions Requests = new()
    {
        StreamPath = "/sub/{video}",
        PostPath = "/pub/{video}",
        PostType = "text/plain",
        PostBody = "{author}: {message}",
        AnyEvent = true,
    };

    private static readonly LoadTestOptions Options = LoadTestRun.Options with { Videos = 3, Requests = Requests };

    // Holds comments back, so that several go in one event.
    private static readonly Faults Faults = new() { HasOtherApi = true, DeliveryDelay = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task Several_comments_in_an_event_without_an_id_are_all_seen()
    {
        var (result, counts) = await LoadTestRun.RunAsync(Faults, Options);

        Assert.Empty(result.Faults);
        Assert.Equal(1000, counts.Delivered);
        Assert.Equal(1000, result.Deliveries.Total);
        Assert.Equal(1000, result.Deliveries.Expected);
        Assert.True(result.Deliveries.PerRead > 1, $"{result.Deliveries}");
        Assert.Equal(0, result.Deliveries.Malformed);
    }

    [Fact]
    public async Task Lost_and_doubled_ones_are_reported_in_their_exact_number()
    {
        var (result, counts) = await LoadTestRun.RunAsync(
            Faults with { LoseEvery = 17, DoubleEvery = 23, IsRagged = true }, Options with { Drain = LoadTestRun.Impatient.Drain });

        Assert.Equal([$"{counts.Lost} comments missing", $"{counts.Doubled} comments doubled"], result.Faults);
        Assert.Equal(1000 / 17, counts.Lost);
    }

    [Fact]
    public async Task Order_is_not_checked_as_there_is_nothing_to_know_it_by()
    {
        var (result, counts) = await LoadTestRun.RunAsync(Faults with { SwapEvery = 7 }, Options);

        Assert.True(counts.Swapped > 0);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task A_slow_viewer_is_owed_nothing_as_no_gap_can_be_told()
    {
        var (result, _) = await LoadTestRun.RunAsync(
            Faults with { CutStreamAfter = 10 }, Options with { Viewers = 6, Slow = 6, Drain = TimeSpan.FromMinutes(5) });

        Assert.Equal(0, result.Deliveries.Expected);
        Assert.Empty(result.Faults);
    }

    [Fact]
    public async Task The_requests_are_what_the_templates_say()
    {
        var requests = Requests with
        {
            StreamHeaders = ["Authorization: Bearer {viewer}"],
            PostHeaders = ["X-Number: {comment}", "X-Video: {number}"],
        };
        var options = Options with { Requests = requests, Viewers = 2, FirstVideo = 40, Videos = 1 };

        var (result, counts) = await LoadTestRun.RunAsync(Faults, options);

        Assert.Empty(result.Faults);
        var text = string.Concat(counts.Requests);
        Assert.Contains("GET /sub/load-40 HTTP/1.1\r\n", text);
        Assert.Contains("\r\nAuthorization: Bearer 1\r\n", text);
        Assert.Contains("POST /pub/load-40 HTTP/1.1\r\n", text);
        Assert.Contains("\r\nContent-Type: text/plain\r\nX-Number: 149\r\nX-Video: 40\r\nContent-Length: ", text);
        Assert.Contains("\r\n\r\nuser149: lt", text);
    }

    [Fact]
    public async Task Viewers_and_posters_spread_over_the_servers_named_for_them()
    {
        await using var streams = new TinyServer(new Faults());
        await using var moreStreams = new TinyServer(new Faults());
        await using var posts = new TinyServer(new Faults());
        var options = LoadTestRun.Impatient with { Urls = [streams.Url, moreStreams.Url], PostUrls = [posts.Url] };

        var result = await LoadTest.RunAsync(new HttpTarget(), options, new LoadTestRun.Silence(), CancellationToken.None);

        Assert.Equal([10, 10, 0], new[] { streams, moreStreams, posts }.Select(server => server.Counts.StreamsOpened));
        Assert.Equal([0, 0, 150], new[] { streams, moreStreams, posts }.Select(server => server.Counts.Published));
        Assert.Equal(150 * 20, result.Deliveries.Missing);
    }
}
