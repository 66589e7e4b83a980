using System.Net.ServerSentEvents;
using System.Net.Sockets;

namespace LiveComments.HttpContract.Client;

/// <summary>
/// A viewer as browsers are (WHATWG HTML, 9.2): when the stream breaks or ends it waits as long as <c>retry:</c> said and comes again with
/// the last id that it has. Dispose of it to let it leave.
/// </summary>
public sealed class FaithfulViewer : IAsyncDisposable
{
    private const string NodeHeader = "LiveComments-Node";

    private readonly CommentsClient _client;
    private readonly string _video;
    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<PostedComment> _seen = [];
    private readonly List<(string Message, TaskCompletionSource Seen)> _awaited = [];
    private readonly Task _following;
    private TimeSpan _retry;

    private FaithfulViewer(CommentsClient client, string video)
    {
        (_client, _video) = (client, video);
        _following = FollowAsync();
    }

    /// <summary>How often it has come, the first time included.</summary>
    public int Joins { get; private set; }

    /// <summary>The name of the node that it came to last; empty where nodes have none.</summary>
    public string Node { get; private set; } = "";

    /// <summary>All that it was sent, in this order.</summary>
    public IReadOnlyList<PostedComment> Seen
    {
        get
        {
            lock (_gate) return [.. _seen];
        }
    }

    /// <summary>Lets one join without a backlog.</summary>
    public static async Task<FaithfulViewer> JoinAsync(CommentsClient client, string video)
    {
        var viewer = new FaithfulViewer(client, video);
        await viewer._joined.Task.InTime();
        return viewer;
    }

    /// <summary>Completes when it has seen the comment with this message.</summary>
    public Task SeesAsync(string message)
    {
        lock (_gate)
        {
            if (_seen.Exists(comment => comment.Message == message)) return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((message, seen));
            return Task.WhenAny(seen.Task, _following).Unwrap().InTime();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _following;
        _leaving.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                using var answer = await _client.OpenStreamAsync(_video, "?backlog=0", Seen is [.., var last] ? last.Id : null);
                if (answer.IsSuccessStatusCode) await ReadAsync(answer);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                // Broken, or left.
            }

            await Task.Delay(_retry, _leaving.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task ReadAsync(HttpResponseMessage answer)
    {
        Node = answer.Headers.TryGetValues(NodeHeader, out var names) ? Assert.Single(names) : "";
        Joins++;
        var parser = SseParser.Create(await answer.Content.ReadAsStreamAsync(_leaving.Token));
        _joined.TrySetResult();
        try
        {
            await foreach (var item in parser.EnumerateAsync(_leaving.Token))
            {
                Assert.Equal("comment", item.EventType);
                Add(PostedComment.Parse(item.Data));
            }
        }
        finally
        {
            // Infinite where the stream broke before it said anything.
            if (parser.ReconnectionInterval > TimeSpan.Zero) _retry = parser.ReconnectionInterval;
        }
    }

    private void Add(PostedComment comment)
    {
        lock (_gate)
        {
            _seen.Add(comment);
            foreach (var (_, seen) in _awaited.Where(awaited => awaited.Message == comment.Message)) seen.TrySetResult();
        }
    }
}
