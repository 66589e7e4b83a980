using System.Net;
using System.Net.Sockets;
using LiveComments.LoadTester.Reporting;
using LiveComments.LoadTester.Tests.FaultyServer;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using static LiveComments.LoadTester.Tests.Http2Run;

namespace LiveComments.LoadTester.Tests;

/// <summary>Servers that refuse or end streams over HTTP/2, or do not speak it.</summary>
public sealed class Http2RefusalTests
{
    [Theory]
    [InlineData(503)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_refused_stream_says_its_status(int status)
    {
        var failure = await Assert.ThrowsAsync<LoadTestException>(() => RunAsync(new Faults { StreamStatus = status }, Options));

        Assert.Equal($"Not one viewer could connect: viewer: answered {status}.", failure.Message);
    }

    [Fact]
    public async Task A_stream_that_the_server_ends_is_a_fault()
    {
        var (result, server) = await RunAsync(new Faults { CutStreamAfter = 100 }, Impatient);

        Assert.Equal(20, server.Counts.StreamsCut);
        Assert.Equal(20, result.Errors["viewer: stream ended by the server"]);
        Assert.Contains("20 viewers not accepted or cut off", result.Faults);
    }

    [Fact]
    public async Task A_stream_that_the_server_resets_is_a_fault()
    {
        var (result, _) = await RunAsync(new Faults { CutStreamAfter = 100, ResetsStreams = true }, Impatient);

        var (error, count) = Assert.Single(result.Errors);
        Assert.Equal(20, count);
        Assert.StartsWith("viewer: stream reset by the server (", error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stops_ends_its_streams(bool isTls)
    {
        var (result, _) = await RunAsync(new Faults { StopAfter = 100 }, Impatient, isTls);

        var ofViewers = result.Errors.Where(error => error.Key.StartsWith("viewer: ", StringComparison.Ordinal));
        Assert.Equal(20, ofViewers.Sum(error => error.Value));
        Assert.Contains("20 viewers not accepted or cut off", result.Faults);
    }

    [Fact]
    public async Task A_server_without_HTTP_2_is_told_apart()
    {
        var failure = await Assert.ThrowsAsync<LoadTestException>(
            () => LoadTestRun.RunAsync(new Faults(), Options, Certificate));

        Assert.Equal("Not one viewer could connect: viewer: TLS: the server does not agree to HTTP/2.", failure.Message);
    }

    [Fact]
    public async Task A_server_that_refuses_the_protocol_in_the_handshake_is_told_apart()
    {
        var failure = await Assert.ThrowsAsync<LoadTestException>(async () =>
        {
            await using var server = await TinyHttp2Server.StartAsync(new Faults(), Certificate, HttpProtocols.Http1);
            await RunAsync(server, Options);
        });

        Assert.Contains("no application protocol", failure.Message);
    }

    [Fact]
    public async Task A_server_of_HTTP_1_in_the_clear_is_told_apart()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());

        var failure = await Assert.ThrowsAsync<LoadTestException>(() => LoadAsync(listener));

        Assert.Equal("Not one viewer could connect: viewer: answered with something that is not HTTP/2.", failure.Message);
        await answering;
    }

    [Fact]
    public async Task A_server_that_goes_away_before_it_answers_is_told_apart()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, [0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11]);

        var failure = await Assert.ThrowsAsync<LoadTestException>(() => LoadAsync(listener));

        Assert.Equal(
            "Not one viewer could connect: viewer: connection ended by the server (ENHANCE_YOUR_CALM).", failure.Message);
        await answering;
    }

    private static Task<LoadTestResult> LoadAsync(TcpListener listener) => LoadTest.RunAsync(
        new HttpTarget(),
        Options with { Urls = [new($"http://{listener.LocalEndpoint}")], Viewers = 1 },
        new LoadTestRun.Silence(),
        CancellationToken.None);

    private static async Task AnswerAsync(TcpListener listener, byte[] answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync(answer);
        await client.GetStream().CopyToAsync(Stream.Null);
    }
}
