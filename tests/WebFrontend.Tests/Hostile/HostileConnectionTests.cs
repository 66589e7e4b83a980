using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.HttpContract.Hostile;

namespace LiveComments.WebFrontend.Tests.Hostile;

/// <summary>
/// Clients that keep to no rule of a connection, against the real program. Afterwards it serves as before and has logged nothing.
/// </summary>
public sealed class HostileConnectionTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();
    private ServerProcess _server = null!;
    private CommentsClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await _database.ServeAsync(ContractTarget.Settings);
        _client = new(new(_server.Address));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_request_of_single_bytes_is_a_request()
    {
        using var socket = await RawHttp.ConnectAsync(_server.Address);
        foreach (var one in Encoding.UTF8.GetBytes(RawHttp.Post(_server.Address, _video, """{"author":"Ada","message":"slowly"}""", "Connection: close\r\n")))
            await socket.SendAsync(new[] { one });
        Assert.Equal(HttpStatusCode.Created, RawHttp.StatusOf(await ReadToEndAsync(socket)));
        await AssertServesAsync();
    }

    /// <summary>Kestrel logs a fault of its own for these, unless the connection is ended with the request.</summary>
    [Fact]
    public async Task A_client_that_closes_its_sending_half_in_mid_request_leaves_no_trace()
    {
        const string Json = """{"author":"Ada","message":"cut off"}""";
        var request = Encoding.UTF8.GetBytes(RawHttp.Post(_server.Address, _video, Json));
        await Parallel.ForAsync(0, 400, async (i, cancellation) =>
        {
            using var socket = await RawHttp.ConnectAsync(_server.Address);
            // Somewhere in the body, which has been read in part or not at all when the end comes.
            await socket.SendAsync(request.AsMemory(0, request.Length - 1 - (i % Json.Length)), cancellation);
            socket.Shutdown(SocketShutdown.Send);
            await ReadToEndAsync(socket);
        });
        await AssertServesAsync();
        Assert.DoesNotContain(await _client.HistoryAsync(_video), comment => comment.Message == "cut off");
    }

    [Theory]
    [InlineData("GET /comments/v HTTP/1.1\r\nHost: a\r\nX: ")]
    [InlineData("GET /")]
    [InlineData("GET /comments/v HTTP/1.1\r\nHost: ")]
    [InlineData("GET /comments/v/stream HTTP/1.1\r\nHost: a\r\nLast-Event-ID: ")]
    [InlineData("POST /comments/v HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\nIdempotency-Key: ")]
    [InlineData("POST /comments/v HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1;")]
    public async Task A_line_of_a_megabyte_is_refused(string beginning)
    {
        using var socket = await RawHttp.ConnectAsync(_server.Address);
        var answer = ReadToEndAsync(socket);
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(beginning + new string('x', 1 << 20) + "\r\n\r\n"));
        }
        catch (SocketException)
        {
            // Cut off before the end of it.
        }

        if (await answer is { Length: > 0 } text) Assert.InRange((int)RawHttp.StatusOf(text), 400, 499);
        await AssertServesAsync();
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nx")]
    [InlineData("FFFFFFFFFFFFFFFF\r\nx")]
    [InlineData("7FFFFFFFFFFFFFFF\r\nx")]
    [InlineData("80000000\r\nx")]
    [InlineData("100000000000000000000000000000005\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-1\r\nx\r\n0\r\n\r\n")]
    [InlineData("+1\r\nx\r\n0\r\n\r\n")]
    [InlineData("0x1\r\nx\r\n0\r\n\r\n")]
    [InlineData("\r\n0\r\n\r\n")]
    [InlineData("1\nx\n0\n\n")]
    [InlineData("1\r\nxyz\r\n0\r\n\r\n")]
    public async Task Chunks_that_cannot_be_read_are_refused(string chunks)
    {
        using var socket = await RawHttp.ConnectAsync(_server.Address);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /comments/{_video} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"));
        socket.Shutdown(SocketShutdown.Send);
        if (await ReadToEndAsync(socket) is { Length: > 0 } answer) Assert.InRange((int)RawHttp.StatusOf(answer), 400, 499);
        await AssertServesAsync();
    }

    [Fact]
    public async Task Clients_that_ask_and_never_read_stop_nobody_else()
    {
        await _client.PostManyAsync(_video, 200, _ => new string('x', 500));
        var requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET /comments/{_video}?limit=200 HTTP/1.1\r\nHost: a\r\n\r\n", 1_000)));
        var sockets = new List<Socket>();
        for (var i = 0; i < 20; i++)
        {
            var socket = await RawHttp.ConnectAsync(_server.Address);
            sockets.Add(socket);
            // As many as find room.
            socket.Blocking = false;
            socket.Send(requests, SocketFlags.None, out _);
        }

        await AssertServesAsync();
        sockets.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_cursor_of_another_video_shows_nothing_of_it()
    {
        var other = CommentsClient.NewVideo();
        var mine = await _client.PostManyAsync(_video, 3);
        var foreign = await _client.PostManyAsync(other, 3);

        Assert.Equal(mine, (await _client.PageAsync(_video, $"?cursor={foreign[^1].Id}")).Comments.Reverse());
        using var viewer = await _client.WatchAsync(other, $"?after={mine[^1].Id}");
        Assert.Equal(foreign, await viewer.TakeAsync(3));
        await AssertServesAsync();
    }

    private async Task AssertServesAsync()
    {
        using var viewer = await _client.WatchAsync(_video, "?backlog=0");
        var comment = await _client.PostAsync(_video, "as before");
        Assert.Equal(comment, await viewer.NextCommentAsync());
        _server.AssertNothingLogged();
    }

    private static async Task<string> ReadToEndAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer).InTime() is > 0 and var length) text.Append(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (SocketException)
        {
            // Ended by a reset.
        }

        return text.ToString();
    }
}
