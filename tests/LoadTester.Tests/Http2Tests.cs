using LiveComments.LoadTester.Tests.FaultyServer;
using static LiveComments.LoadTester.Tests.Http2Run;

namespace LiveComments.LoadTester.Tests;

/// <summary>The checks of streams over HTTP/2, by Kestrel.</summary>
public sealed class Http2Tests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_faultless_server_is_reported_as_such(bool isTls)
    {
        var (result, server) = await RunAsync(new Faults { History = 5 }, Options with { Videos = 3, Backlog = 5 }, isTls);

        Assert.Empty(result.Faults);
        Assert.Empty(result.Errors);
        Assert.Equal(150, result.Posts.Acknowledged);
        Assert.Equal(server.Counts.Delivered, result.Deliveries.Total);
        Assert.Equal(server.Counts.Delivered, result.Deliveries.Expected);
        Assert.Equal(20 * 5, result.Deliveries.Foreign);
        Assert.All(server.Protocols, protocol => Assert.Equal("HTTP/2", protocol));
        Assert.Equal(20, server.Protocols.Count);
    }

    [Fact]
    public async Task Header_fields_of_the_options_are_sent()
    {
        var options = Options with { Requests = new() { StreamHeaders = ["X-Viewer: of {video}", $"Cookie: {new string('x', 5000)}"] } };

        var (result, server) = await RunAsync(new Faults(), options);

        Assert.Empty(result.Faults);
        Assert.Contains("x-viewer: of load-0", server.Fields, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Accept: text/event-stream", server.Fields);
        Assert.Contains($"Cookie: {new string('x', 5000)}", server.Fields);
    }

    [Fact]
    public async Task Header_fields_longer_than_a_frame_are_refused()
    {
        var options = Options with { Requests = new() { StreamHeaders = [$"Cookie: {new string('x', 20_000)}"] } };

        var failure = await Assert.ThrowsAsync<LoadTestException>(() => RunAsync(new Faults(), options));

        Assert.Equal("--stream-header: the header fields are longer than 16 KiB.", failure.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lost_comments_are_missing_in_their_exact_number_from_a_stream_cut_anywhere(bool isTls)
    {
        var (result, server) = await RunAsync(new Faults { LoseEvery = 17, IsRagged = true }, Impatient, isTls);

        Assert.Equal(150 * 20 / 17, server.Counts.Lost);
        Assert.Equal([$"{server.Counts.Lost} comments missing"], result.Faults);
    }

    [Fact]
    public async Task Doubled_comments_are_counted()
    {
        var (result, server) = await RunAsync(new Faults { DoubleEvery = 40 }, Options);

        Assert.Equal(150 * 20 / 40, server.Counts.Doubled);
        Assert.Equal([$"{server.Counts.Doubled} comments doubled"], result.Faults);
    }

    [Fact]
    public async Task Comments_out_of_order_are_counted()
    {
        var (result, server) = await RunAsync(new Faults { SwapEvery = 50 }, Options);

        Assert.True(server.Counts.Swapped > 0);
        Assert.Equal(server.Counts.Swapped, result.Deliveries.OutOfOrder);
    }

    [Fact]
    public async Task A_stream_longer_than_the_windows_goes_on()
    {
        var (result, _) = await RunAsync(new Faults { BytesAhead = 20_000_000 }, Options with { Viewers = 2 });

        Assert.Empty(result.Faults);
        Assert.Equal(300, result.Deliveries.Total);
    }

    [Fact]
    public async Task Slow_viewers_read_in_the_end_what_they_were_sent()
    {
        var (result, server) = await RunAsync(new Faults(), Options with { Slow = 3, MessageSize = 500 });

        Assert.Empty(result.Faults);
        Assert.Equal(server.Counts.Delivered, result.Deliveries.Total);
    }
}
