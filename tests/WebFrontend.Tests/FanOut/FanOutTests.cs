using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Text.Json;
using LiveComments.HttpContract;
using LiveComments.HttpContract.Client;

namespace LiveComments.WebFrontend.Tests.FanOut;

/// <summary>
/// One video with more viewers than one part of a sweep, over real sockets: some stop reading for a while, some break off in the middle of
/// what is written to them, and none of the others may notice.
/// </summary>
public sealed class FanOutTests : IAsyncLifetime
{
    private const int Steady = 520;
    private const int Slow = 24;
    private const int Leaving = 60;
    private const int Comments = 400;
    private const int Replay = 50;

    private const int Tcp = 6;
    private const int MaxSegment = 2;

    // Three bytes each: an event of more than a kilobyte.
    private static readonly string Padding = new('€', 400);

    private readonly TemporaryDatabase _database = new();
    private readonly string _video = CommentsClient.NewVideo();
    private readonly Random _random = new(4711);
    private ServerProcess _server = null!;
    private CommentsClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await _database.ServeAsync("--Limits:PostsPerSecond=0", $"--Streaming:Replay={Replay}");
        _client = new(new(_server.Address));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Who_keeps_up_gets_all_in_order_whatever_the_others_do()
    {
        // Small buffers and small segments, by which the other side measures its own: a few events and there is no room.
        using var slowly = Viewers(socket =>
        {
            socket.ReceiveBufferSize = 4 * 1024;
            socket.SetRawSocketOption(Tcp, MaxSegment, BitConverter.GetBytes(536));
        });
        // A reset, not an orderly end.
        using var abruptly = Viewers(socket => socket.LingerState = new(enable: true, seconds: 0));
        var steady = await Task.WhenAll(Enumerable.Range(0, Steady).Select(async _ => await SseViewer.JoinAsync(await _client.OpenStreamAsync(_video))));
        var slow = await Task.WhenAll(Enumerable.Range(0, Slow).Select(_ => OpenAsync(slowly)));
        var leaving = await Task.WhenAll(Enumerable.Range(0, Leaving).Select(_ => OpenAsync(abruptly)));

        var left = Task.WhenAll(leaving.Select(stream => LeaveAfterAsync(stream, _random.Next(1, Comments * Padding.Length))));
        var watching = Task.WhenAll(steady.Select(viewer => viewer.TakeAsync(Comments)));
        var posted = await _client.PostManyAsync(_video, Comments, i => $"Comment {i} {Padding}");

        foreach (var seen in await watching.InTime()) Assert.Equal(posted, seen);
        await left.InTime();
        var gaps = 0;
        foreach (var stream in slow) gaps += await AssertCaughtUpAsync(stream, posted);
        // Otherwise nobody was slow, and this test tests less than it says.
        Assert.NotEqual(0, gaps);
        foreach (var viewer in steady) viewer.Dispose();
    }

    private static async Task LeaveAfterAsync(Stream stream, int bytes)
    {
        var buffer = new byte[1024];
        while (bytes > 0) bytes -= await stream.ReadAsync(buffer.AsMemory(0, Math.Min(bytes, buffer.Length)));
        stream.Dispose();
    }

    /// <summary>Reads what a slow viewer gets, fills its gaps from the history, and returns how many there were.</summary>
    private async Task<int> AssertCaughtUpAsync(Stream stream, IReadOnlyList<PostedComment> posted)
    {
        var gaps = 0;
        var seen = new List<PostedComment>();
        var events = SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator();
        while (seen.LastOrDefault() != posted[^1])
        {
            Assert.True(await events.MoveNextAsync().InTime());
            if (events.Current.EventType == "gap")
            {
                gaps++;
                seen.AddRange(await FillAsync(events.Current.Data));
            }
            else
            {
                seen.Add(PostedComment.Parse(events.Current.Data));
            }
        }

        Assert.Equal(posted, seen);
        return gaps;
    }

    private async Task<IEnumerable<PostedComment>> FillAsync(string data)
    {
        using var gap = JsonDocument.Parse(data);
        var after = long.Parse(gap.RootElement.GetProperty("after").GetString()!);
        var missing = new List<PostedComment>();
        await foreach (var page in _client.PagesAsync(_video, cursor: gap.RootElement.GetProperty("before").GetString()))
        {
            missing.AddRange(page.Comments.TakeWhile(comment => comment.Number > after));
            if (page.Comments.Any(comment => comment.Number <= after)) break;
        }

        missing.Reverse();
        return missing;
    }

    private static HttpClient Viewers(Action<Socket> configure) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            configure(socket);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private async Task<Stream> OpenAsync(HttpClient viewers) =>
        await viewers.GetStreamAsync(new Uri(_server.Address, $"/comments/{_video}/stream")).InTime();
}
