using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;
using LiveComments.HttpContract.Hostile;

namespace LiveComments.WebFrontend.Tests.Hostile;

/// <summary>Nobody holds what they do not use, against the real program.</summary>
public sealed class HeldPlacesTests : IDisposable
{
    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Who_asks_for_pages_and_never_reads_is_cut_off_and_streams_are_not()
    {
        await using var server = await _database.ServeAsync([.. ContractTarget.Settings, "--Limits:AnswerSeconds=1"]);
        using var client = new CommentsClient(new(server.Address));
        using var viewer = await client.WatchAsync(_video, "?backlog=0");
        await client.PostManyAsync(_video, 200, _ => new string('x', 500));
        await viewer.TakeAsync(200);
        using var socket = await RawHttp.ConnectAsync(server.Address);
        var request = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET /comments/{_video}?limit=200 HTTP/1.1\r\nHost: a\r\n\r\n", 500)));
        await socket.SendAsync(request);

        await IsCutOffAsync(socket);

        var comment = await client.PostAsync(_video, "as before");
        Assert.Equal(comment, await viewer.NextCommentAsync());
        server.AssertNothingLogged();
    }

    [Fact]
    public async Task Connections_beyond_the_most_are_closed_at_once_and_there_is_room_again_when_one_ends()
    {
        await using var server = await _database.ServeAsync([.. ContractTarget.Settings, "--Limits:MaxConnections=2"]);
        using var first = await RawHttp.ConnectAsync(server.Address);
        using var second = await RawHttp.ConnectAsync(server.Address);
        await AnswersAsync(first, server.Address);
        await AnswersAsync(second, server.Address);

        using (var third = await RawHttp.ConnectAsync(server.Address)) Assert.False(await TryAskAsync(third, server.Address));

        first.Dispose();
        await OpensInTheEndAsync(server.Address);
        // Another one that is refused is not logged again.
        Assert.Single(server.Output, line => line.Contains("Limits:MaxConnections", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_counts_as_a_connection_until_it_ends()
    {
        await using var server = await _database.ServeAsync([.. ContractTarget.Settings, "--Limits:MaxConnections=1"]);
        using (var viewer = await RawHttp.ConnectAsync(server.Address))
        {
            await viewer.SendAsync(Encoding.ASCII.GetBytes($"GET /comments/{_video}/stream HTTP/1.1\r\nHost: a\r\n\r\n"));
            Assert.NotEqual(0, await viewer.ReceiveAsync(new byte[1]).InTime());
            using var other = await RawHttp.ConnectAsync(server.Address);
            Assert.False(await TryAskAsync(other, server.Address));
        }

        await OpensInTheEndAsync(server.Address);
    }

    [Fact]
    public async Task Videos_watched_are_bounded_and_one_without_comments_is_let_go_with_its_last_viewer()
    {
        await using var server = await _database.ServeAsync([.. ContractTarget.Settings, "--Limits:MaxWatchedVideos=1"]);
        using var client = new CommentsClient(new(server.Address));
        using (await client.WatchAsync(_video))
        {
            using var again = await client.WatchAsync(_video);
            var refused = await client.OpenStreamAsync(CommentsClient.NewVideo());
            Assert.NotNull(refused.Headers.RetryAfter);
            var problem = await Problem.ReadAsync(HttpStatusCode.ServiceUnavailable, refused);
            Assert.EndsWith(":too-many-videos", problem.Type, StringComparison.Ordinal);
        }

        using var patience = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            using var answer = await client.OpenStreamAsync(CommentsClient.NewVideo());
            if (answer.StatusCode == HttpStatusCode.OK) break;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task A_video_takes_comments_at_its_pace_whoever_posts()
    {
        await using var server = await _database.ServeAsync("--Limits:PostsPerSecond=0", "--Limits:PostsPerSecondPerVideo=2");
        using var client = new CommentsClient(new(server.Address));
        HttpResponseMessage answer;
        var taken = 0;
        while ((answer = await client.SendAsync(_video, CommentsClient.Body("Ada", "Hello"))).StatusCode == HttpStatusCode.Created)
            Assert.InRange(++taken, 1, 100);

        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.EndsWith(":video-too-fast", (await Problem.ReadAsync(HttpStatusCode.TooManyRequests, answer)).Type, StringComparison.Ordinal);
        await client.PostAsync(CommentsClient.NewVideo());
        Assert.Equal(taken, (await client.HistoryAsync(_video)).Count);
    }

    private static async Task IsCutOffAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        try
        {
            // What is sent to a connection that was reset fails.
            while (true)
            {
                socket.Poll(50_000, SelectMode.SelectError);
                await socket.SendAsync("\r\n"u8.ToArray(), patience.Token);
            }
        }
        catch (SocketException exception)
        {
            Assert.True(exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted, exception.Message);
        }
    }

    private static async Task AnswersAsync(Socket socket, Uri address) => Assert.True(await TryAskAsync(socket, address));

    private static async Task<bool> TryAskAsync(Socket socket, Uri address)
    {
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));
            return await socket.ReceiveAsync(new byte[4096]).InTime() > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task OpensInTheEndAsync(Uri address)
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            using var socket = await RawHttp.ConnectAsync(address);
            if (await TryAskAsync(socket, address)) return;
            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
